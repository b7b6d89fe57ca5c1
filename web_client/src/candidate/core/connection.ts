/** What a trial of the call's own connection found, and what it means for an interview. */

import type { Milliseconds } from './topics';

export interface Trial {
  /** From the first request to a media connection. */
  readonly connect_ms: Milliseconds;
  /** Of sound packets, there and back; null if none was reported. */
  readonly round_trip_ms: Milliseconds | null;
  /** Share of sound packets lost, 0 to 1; null if none was reported. */
  readonly lost: number | null;
}

export type Connection =
  | { readonly kind: 'untried' }
  | { readonly kind: 'trying' }
  | { readonly kind: 'good' | 'weak'; readonly trial: Trial }
  /** The call does not get through; `server` if ours did not answer, else the network holds it back. */
  | { readonly kind: 'failed'; readonly why: 'server' | 'network' };

/** Beyond these, people begin to talk over each other, or words are lost. */
const WEAK_ROUND_TRIP_MS: Milliseconds = 300;
const WEAK_LOSS = 0.05;
const WEAK_CONNECT_MS: Milliseconds = 6_000;

export function judge(trial: Trial): Connection {
  const weak =
    trial.connect_ms > WEAK_CONNECT_MS || (trial.round_trip_ms ?? 0) > WEAK_ROUND_TRIP_MS || (trial.lost ?? 0) > WEAK_LOSS;
  return { kind: weak ? 'weak' : 'good', trial };
}
