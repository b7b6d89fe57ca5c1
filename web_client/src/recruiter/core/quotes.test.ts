import { expect, it } from 'vitest';

import { withRepeats } from './quotes';

const quote = (behaviour: string, turn: string, start: number, end: number) => ({ behaviour, turn, start, end });

it('finds what was quoted before, nearly in the same words', () => {
  const found = withRepeats([
    quote('helped', 't2', 10, 60),
    quote('helped', 't2', 12, 62),
    quote('shared', 't2', 10, 60),
    quote('shared', 't2', 61, 90),
    quote('shared', 't4', 10, 60),
    quote('shared', 't2', 55, 100),
  ]);
  expect(found.map((q) => [q.repeats, q.sameBehaviour])).toEqual([
    [false, false],
    [true, true],
    [true, false],
    [false, false],
    [false, false],
    [true, true],
  ]);
});

it('calls an empty quote no repetition', () => {
  expect(withRepeats([quote('a', 't1', 3, 3), quote('b', 't1', 3, 3)]).map((q) => q.repeats)).toEqual([false, false]);
});
