import { expect, it } from 'vitest';

import { SENTENCES, shareHeard, understandingOf } from './spokenSentence';

const [sentence] = SENTENCES;

it('counts the words that were heard in their order, whatever their case and punctuation', () => {
  expect(shareHeard(sentence, sentence.toUpperCase().replaceAll(',', ' …'))).toBe(1);
  expect(shareHeard('one two three four', 'four three two one')).toBe(0.25);
  expect(shareHeard('one two three four', 'well one um two four four')).toBe(0.75);
  expect(shareHeard("I don't know", 'I dont know')).toBe(1);
});

it('says how well somebody is understood', () => {
  expect(understandingOf(sentence, sentence.replace('river', 'liver'))).toBe('good');
  expect(understandingOf(sentence, 'On Monday I met my new collie and lunch to get her near the liver')).toBe('fair');
  expect(understandingOf(sentence, 'Thank you.')).toBe('poor');
  expect(understandingOf(sentence, ' … ')).toBe('nothing');
});
