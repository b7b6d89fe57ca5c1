import { describe, expect, it } from 'vitest';

import { clock, sentences, timeAt, turnAt, type Turn } from './timing';

const turn: Turn = {
  id: 't3',
  speaker: 'candidate',
  kind: 'answer',
  text: 'I asked. Then I waited, and I asked again.',
  start: 10,
  end: 31,
  withdrawn: false,
  words: [
    { text: 'I', start: 10.1, end: 10.2 },
    { text: 'asked.', start: 10.4, end: 10.9 },
    { text: 'Then', start: 12, end: 12.2 },
    { text: 'I', start: 12.3, end: 12.4 },
    { text: 'waited,', start: 12.6, end: 13 },
  ],
};

describe('the time of a place in the text', () => {
  it('is the start of its word', () => {
    expect(timeAt(turn, turn.text.indexOf('Then'))).toBe(12);
    expect(timeAt(turn, turn.text.indexOf('waited') + 3)).toBe(12.6);
  });

  it('is in proportion to the turn where no word has a time', () => {
    expect(timeAt({ ...turn, words: null }, 21)).toBeCloseTo(10 + (21 * 21) / turn.text.length, 6);
  });

  it('is the start of the turn where nothing else is known', () => {
    expect(timeAt({ ...turn, words: null, end: null }, 30)).toBe(10);
  });
});

describe('sentences', () => {
  it('cover the whole text, in order', () => {
    const text = 'One. Two? “Three!” four';
    expect(sentences(text).map((s) => text.slice(s.start, s.end))).toEqual(['One. ', 'Two? ', '“Three!” ', 'four']);
  });

  it('of an unpunctuated text are one, of an empty one none', () => {
    expect(sentences('so i went there')).toEqual([{ start: 0, end: 15 }]);
    expect(sentences('')).toEqual([]);
  });
});

it('finds the turn that is heard', () => {
  const next: Turn = { ...turn, id: 't4', start: 40 };
  expect(turnAt([turn, next], 39.9)?.id).toBe('t3');
  expect(turnAt([turn, next], 2)).toBeNull();
});

it('writes a time as minutes and seconds', () => {
  expect([clock(0), clock(67.9), clock(601)]).toEqual(['0:00', '1:07', '10:01']);
});
