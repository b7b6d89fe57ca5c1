/**
 * What travels on the call's data topics, `aila.cue` (from Aila) and `aila.control` (to her), as types;
 * the parsers turn what came over the network into them, and anything unknown into null.
 */

export type Seconds = number & { readonly unit?: 's' };
export type Milliseconds = number & { readonly unit?: 'ms' };

export const CUE_TOPIC = 'aila.cue';
export const CONTROL_TOPIC = 'aila.control';
export const CAPTION_TOPIC = 'lk.transcription';

export const CONTROLS = ['repeat', 'skip', 'done', 'moment', 'pause', 'resume', 'leave'] as const;
export type Control = (typeof CONTROLS)[number];

/** Whose turn it is to speak. */
export type Floor = 'aila' | 'candidate' | 'nobody';

export interface Progress {
  readonly phase: string;
  readonly question_id: string | null;
  readonly question_text: string | null;
  /** From 1; null outside the questions. */
  readonly question_number: number | null;
  readonly question_count: number;
  readonly minutes_left: number;
  readonly floor: Floor;
  readonly paused: boolean;
}

export interface Cue {
  readonly name: string;
  /** Seconds since the start of the session. */
  readonly at_s: Seconds;
}

export type CueMessage =
  | { readonly type: 'cue'; readonly cue: Cue }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'ended'; readonly reason: string }
  | { readonly type: 'control_ack'; readonly id: string }
  /** Sent every second by Aila; nothing else. */
  | { readonly type: 'alive' };

type Fields = Record<string, unknown>;

function text(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

function number(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function parseProgress(fields: Fields): Progress | null {
  const floor = text(fields, 'floor');
  const count = number(fields, 'question_count');
  if (count === null || (floor !== 'aila' && floor !== 'candidate' && floor !== 'nobody')) return null;
  return {
    phase: text(fields, 'phase') ?? '',
    question_id: text(fields, 'question_id'),
    question_text: text(fields, 'question_text'),
    // The agent counts 0 before the first question.
    question_number: number(fields, 'question_number') || null,
    question_count: count,
    minutes_left: number(fields, 'minutes_left') ?? 0,
    floor,
    paused: fields['paused'] === true,
  };
}

/** Reads one message of `aila.cue`; null for one that this client does not know. */
export function parseCueMessage(json: string): CueMessage | null {
  let fields: Fields;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    fields = value as Fields;
  } catch {
    return null;
  }
  switch (fields['type']) {
    case 'cue': {
      const name = text(fields, 'name');
      return name === null ? null : { type: 'cue', cue: { name, at_s: number(fields, 'at_s') ?? 0 } };
    }
    case 'progress': {
      const progress = parseProgress(fields);
      return progress === null ? null : { type: 'progress', progress };
    }
    case 'ended':
      return { type: 'ended', reason: text(fields, 'reason') ?? 'unknown' };
    case 'control_ack': {
      const id = text(fields, 'id');
      return id === null ? null : { type: 'control_ack', id };
    }
    case 'alive':
      return { type: 'alive' };
    default:
      return null;
  }
}

/** One message of `aila.control`, as it is sent; the id makes sending it twice harmless. */
export function controlMessage(control: Control, id: string): string {
  return JSON.stringify({ control, id });
}
