/** Which quotes say again what was quoted before. */

import type { Span } from './timing';

/** Two quotes are nearly the same when they share this much of the shorter one. */
const SHARED = 0.7;

interface Quote extends Span {
  readonly turn: string;
  readonly behaviour: string;
}

function nearlySame(one: Quote, other: Quote): boolean {
  if (one.turn !== other.turn) return false;
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  const shorter = Math.min(one.end - one.start, other.end - other.start);
  return shorter > 0 && shared / shorter >= SHARED;
}

/**
 * The quotes in their order, each with whether an earlier one has nearly the same words (`repeats`), and
 * whether that one stands for the same behaviour (`sameBehaviour`).
 */
export function withRepeats<Q extends Quote>(quotes: readonly Q[]): readonly (Q & { repeats: boolean; sameBehaviour: boolean })[] {
  return quotes.map((quote, i) => {
    const before = quotes.slice(0, i).filter((earlier) => nearlySame(quote, earlier));
    return { ...quote, repeats: before.length > 0, sameBehaviour: before.some((earlier) => earlier.behaviour === quote.behaviour) };
  });
}
