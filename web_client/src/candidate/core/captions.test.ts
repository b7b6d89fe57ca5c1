import { expect, it } from 'vitest';

import { captionTurns, KEPT_CAPTIONS, newest, withCaption, type Caption } from './captions';

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
