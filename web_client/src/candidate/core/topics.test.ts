import { expect, it } from 'vitest';

import { controlMessage, parseCueMessage } from './topics';

it('reads progress, and takes question number 0 for none', () => {
  const json = JSON.stringify({
    type: 'progress', phase: 'opening', question_id: null, question_text: null, question_number: 0,
    question_count: 8, minutes_left: 17, floor: 'aila', paused: false,
  });
  expect(parseCueMessage(json)).toEqual({
    type: 'progress',
    progress: {
      phase: 'opening', question_id: null, question_text: null, question_number: null,
      question_count: 8, minutes_left: 17, floor: 'aila', paused: false,
    },
  });
});

it('reads cues, the end and acknowledgements', () => {
  expect(parseCueMessage('{"type":"cue","name":"nod","at_s":12.5}')).toEqual({ type: 'cue', cue: { name: 'nod', at_s: 12.5 } });
  expect(parseCueMessage('{"type":"ended","reason":"time_limit"}')).toEqual({ type: 'ended', reason: 'time_limit' });
  expect(parseCueMessage('{"type":"control_ack","id":"k7"}')).toEqual({ type: 'control_ack', id: 'k7' });
});

it.each(['', 'nonsense', '[]', 'null', '{"type":"later"}', '{"type":"cue"}', '{"type":"progress","floor":"stage","question_count":1}'])(
  'ignores %j',
  (json) => {
    expect(parseCueMessage(json)).toBeNull();
  },
);

it('writes a control with its id', () => {
  expect(JSON.parse(controlMessage('moment', 'k9'))).toEqual({ control: 'moment', id: 'k9' });
});
