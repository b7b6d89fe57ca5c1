/** The microphone's level and its silence, from samples; and what a refusal means. */

import type { Milliseconds } from './topics';

/** Below this a microphone gives nothing that could be speech, whatever the room. */
export const SILENCE_DBFS = -58;
/** How long nothing may be heard before the candidate is told. */
export const SILENCE_AFTER_MS: Milliseconds = 5_000;
/** The same during the interview, where people think before they speak. */
export const CALL_SILENCE_AFTER_MS: Milliseconds = 30_000;

const FLOOR_DBFS = -60;
const CEILING_DBFS = -12;

/** Level of samples in -1..1, in dB relative to full scale; -Infinity for digital silence. */
export function levelDbfs(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return 10 * Math.log10(sum / Math.max(1, samples.length));
}

/** A level as the length of a meter, 0 to 1. */
export function meter(level_dbfs: number): number {
  const share = (level_dbfs - FLOOR_DBFS) / (CEILING_DBFS - FLOOR_DBFS);
  return Math.min(1, Math.max(0, share));
}

export interface Hearing {
  readonly level: number;
  /** When anything was last heard; at first, when listening began. */
  readonly heard_at_ms: Milliseconds;
  readonly ever_heard: boolean;
  readonly silent: boolean;
}

export function startHearing(now_ms: Milliseconds): Hearing {
  return { level: 0, heard_at_ms: now_ms, ever_heard: false, silent: false };
}

/** The hearing after one more look at the microphone; the meter falls slower than it rises. */
export function hear(
  before: Hearing,
  level_dbfs: number,
  now_ms: Milliseconds,
  silence_after_ms: Milliseconds = SILENCE_AFTER_MS,
): Hearing {
  const level = Math.max(meter(level_dbfs), before.level * 0.85);
  if (level_dbfs > SILENCE_DBFS) return { level, heard_at_ms: now_ms, ever_heard: true, silent: false };
  return { ...before, level, silent: now_ms - before.heard_at_ms >= silence_after_ms };
}

/** Why there is no microphone. */
export type MicrophoneRefusal = 'denied' | 'missing' | 'busy' | 'insecure' | 'unknown';

/** Reads the name of the error that `getUserMedia` threw. */
export function refusalOf(error_name: string, secure_context: boolean): MicrophoneRefusal {
  if (!secure_context) return 'insecure';
  switch (error_name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'unknown';
  }
}

export type Browser = 'ios_safari' | 'safari' | 'android_chrome' | 'chrome' | 'edge' | 'firefox' | 'other';

/** Which browser's help to show, from its user agent string. */
export function browserOf(user_agent: string): Browser {
  if (/iPhone|iPad|iPod/.test(user_agent)) return 'ios_safari';
  if (/Edg\//.test(user_agent)) return 'edge';
  if (/Firefox\//.test(user_agent)) return 'firefox';
  if (/Android/.test(user_agent) && /Chrome\//.test(user_agent)) return 'android_chrome';
  if (/Chrom(e|ium)\//.test(user_agent)) return 'chrome';
  if (/Safari\//.test(user_agent)) return 'safari';
  return 'other';
}
