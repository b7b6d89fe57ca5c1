/** From a place in a turn's text to a time in the recording, and back to the turn that is being heard. */

import type { Schemas } from '../../api/client';

export type Turn = Schemas['Turn'];

/** Start of each recognised word in the turn's text; words that do not occur in it in order are left out. */
function placedWords(turn: Turn): readonly { offset: number; start_s: number }[] {
  const placed: { offset: number; start_s: number }[] = [];
  const text = turn.text.toLowerCase();
  let from = 0;
  for (const word of turn.words ?? []) {
    const bare = word.text.trim().toLowerCase();
    const offset = bare === '' ? -1 : text.indexOf(bare, from);
    if (offset < 0) continue;
    placed.push({ offset, start_s: word.start });
    from = offset + bare.length;
  }
  return placed;
}

/**
 * When the character at `offset` of the turn is heard, in seconds from the start of the recording: the
 * start of its word where words have times, else in proportion to the turn's length, else its start.
 */
export function timeAt(turn: Turn, offset: number): number {
  const word = placedWords(turn).findLast((w) => w.offset <= offset);
  if (word !== undefined) return word.start_s;
  if (turn.end == null || turn.text.length === 0) return turn.start;
  return turn.start + ((turn.end - turn.start) * offset) / turn.text.length;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text cut into sentences, nothing left out; a text without full stops is one. */
export function sentences(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?]+["”’)]*\s+/g)) {
    const end = match.index + match[0].length;
    spans.push({ start, end });
    start = end;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** The turn that is heard at `at_s`: the last that has begun; null before the first. */
export function turnAt(turns: readonly Turn[], at_s: number): Turn | null {
  return turns.findLast((turn) => turn.start <= at_s) ?? null;
}

/** Seconds as "3:07". */
export function clock(at_s: number): string {
  const whole = Math.max(0, Math.floor(at_s));
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}
