/**
 * Typed answers on their way: each has an id made here, so that sending it again after a lost answer
 * from the server is harmless. One is sent at a time, in order.
 */

import type { ProblemKind } from '../problemKind';
import type { Control, Milliseconds } from './topics';

export type Parcel =
  | { readonly id: string; readonly kind: 'message'; readonly text: string; readonly reply_to: string | null }
  | { readonly id: string; readonly kind: 'control'; readonly control: Control; readonly reply_to: string | null };

export interface Outbox {
  readonly waiting: readonly Parcel[];
  /** How often the first parcel has failed in a row. */
  readonly failures: number;
  readonly sending: boolean;
  /** A refusal that sending again would not mend; null if there is none. */
  readonly refused: ProblemKind | null;
  /** Whether what was refused was an answer, whose words are back in the box. */
  readonly returned: boolean;
}

export type OutboxEvent =
  | { readonly type: 'post'; readonly parcel: Parcel }
  | { readonly type: 'sending' }
  | { readonly type: 'delivered'; readonly id: string }
  | { readonly type: 'failed' }
  | { readonly type: 'refused'; readonly id: string; readonly problem: ProblemKind };

export const emptyOutbox: Outbox = { waiting: [], failures: 0, sending: false, refused: null, returned: false };

export function reduceOutbox(outbox: Outbox, event: OutboxEvent): Outbox {
  switch (event.type) {
    case 'post':
      return { ...outbox, waiting: [...outbox.waiting, event.parcel], refused: null, returned: false };
    case 'sending':
      return { ...outbox, sending: true };
    case 'delivered':
      return { ...outbox, waiting: outbox.waiting.filter((p) => p.id !== event.id), failures: 0, sending: false };
    case 'failed':
      return { ...outbox, failures: outbox.failures + 1, sending: false };
    case 'refused':
      return {
        waiting: outbox.waiting.filter((p) => p.id !== event.id),
        failures: 0,
        sending: false,
        refused: event.problem,
        returned: outbox.waiting.some((p) => p.id === event.id && p.kind === 'message'),
      };
  }
}

/** How long to wait before the next try: 1 s, 2 s, 4 s … at most 15 s; at once when nothing has failed. */
export function retryAfterMs(failures: number): Milliseconds {
  return failures === 0 ? 0 : Math.min(15_000, 500 * 2 ** failures);
}

/** The waiting parcels kept through a reload; anything else in the store is ignored. */
export function parseOutbox(json: string | null): Outbox {
  if (json === null) return emptyOutbox;
  try {
    const value: unknown = JSON.parse(json);
    if (!Array.isArray(value)) return emptyOutbox;
    // Kept by an earlier release, a parcel has no turn that it answers.
    return { ...emptyOutbox, waiting: value.filter(isParcel).map((parcel) => ({ ...parcel, reply_to: parcel.reply_to ?? null })) };
  } catch {
    return emptyOutbox;
  }
}

function isParcel(value: unknown): value is Parcel {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  if (typeof fields['id'] !== 'string') return false;
  if (!['string', 'undefined'].includes(typeof fields['reply_to']) && fields['reply_to'] !== null) return false;
  return (
    (fields['kind'] === 'message' && typeof fields['text'] === 'string') ||
    (fields['kind'] === 'control' && typeof fields['control'] === 'string')
  );
}
