import { expect, it } from 'vitest';

import { captionTurns, KEPT_CAPTIONS, newest, pageAt, pages, withCaption, type Caption } from './captions';

const interim: Caption = { segment_id: 's1', speaker: 'candidate', text: 'Last year', final: false };
const final: Caption = { segment_id: 's1', speaker: 'candidate', text: 'Last year we moved.', final: true };

it('replaces an interim text by the final one of the same segment', () => {
  expect(withCaption(withCaption([], interim), final)).toEqual([final]);
});

it('does not let a late interim text undo the final one', () => {
  expect(withCaption([final], interim)).toEqual([final]);
});

it('keeps the same segment id of the two speakers apart', () => {
  const aila: Caption = { ...final, speaker: 'aila', text: 'Thank you.' };
  expect(withCaption([final], aila)).toHaveLength(2);
  expect(newest([final, aila], 'candidate')).toEqual(final);
});

it('shows nothing for an empty text', () => {
  expect(withCaption([], { ...interim, text: ' ' })).toEqual([]);
});

it('joins neighbouring segments of one speaker into one paragraph', () => {
  const more: Caption = { segment_id: 's2', speaker: 'candidate', text: 'It was', final: false };
  const turns = captionTurns([{ ...final, speaker: 'aila', segment_id: 'a1', text: 'Go on.' }, final, more]);
  expect(turns.map((t) => [t.speaker, t.text, t.final])).toEqual([
    ['aila', 'Go on.', true],
    ['candidate', 'Last year we moved. It was', false],
  ]);
});

it('forgets the oldest captions', () => {
  let captions: readonly Caption[] = [];
  for (let i = 0; i < KEPT_CAPTIONS + 3; i += 1) captions = withCaption(captions, { ...final, segment_id: `n${String(i)}` });
  expect(captions).toHaveLength(KEPT_CAPTIONS);
  expect(captions[0]?.segment_id).toBe('n3');
});

it('cuts a long caption at the end of a sentence, else of a word, and loses nothing', () => {
  const text = 'Please be complete. Do not refer to other answers, or to anything that is not here. Ask me to repeat whenever you like.';
  const cut = pages(text, 50);
  expect(cut[0]).toBe('Please be complete.');
  expect(Math.max(...cut.map((page) => page.length))).toBeLessThanOrEqual(50);
  expect(cut.join(' ')).toBe(text);
  expect(pages('x'.repeat(70), 50)).toEqual(['x'.repeat(50), 'x'.repeat(20)]);
});

it('turns the page in step with the voice, and stays on the last', () => {
  const cut = ['a'.repeat(30), 'b'.repeat(15)];
  expect([0, 1.9, 2.1, 60].map((elapsed_s) => pageAt(cut, elapsed_s).at(0))).toEqual(['a', 'a', 'b', 'b']);
  expect(pageAt([], 3)).toBe('');
});
