import { expect, it } from 'vitest';

import { emptyOutbox, parseOutbox, reduceOutbox, retryAfterMs, type Parcel } from './outbox';

const first: Parcel = { id: 'm1', kind: 'message', text: 'I asked first.', reply_to: 'a3' };
const second: Parcel = { id: 'k2', kind: 'control', control: 'skip', reply_to: null };

it('sends in the order of writing and keeps what was not delivered', () => {
  const both = [first, second].reduce((outbox, parcel) => reduceOutbox(outbox, { type: 'post', parcel }), emptyOutbox);
  const failed = reduceOutbox(reduceOutbox(both, { type: 'sending' }), { type: 'failed' });
  expect(failed.waiting).toEqual([first, second]);
  expect(failed).toMatchObject({ failures: 1, sending: false });
  expect(reduceOutbox(failed, { type: 'delivered', id: 'm1' })).toMatchObject({ waiting: [second], failures: 0 });
});

it('drops what the server refuses for good, and says why', () => {
  const one = reduceOutbox(emptyOutbox, { type: 'post', parcel: first });
  expect(reduceOutbox(one, { type: 'refused', id: 'm1', problem: 'invalid' })).toMatchObject({ waiting: [], refused: 'invalid', returned: true });
});

it('waits longer after each failure, never more than 15 s', () => {
  expect([0, 1, 2, 3, 9].map(retryAfterMs)).toEqual([0, 1_000, 2_000, 4_000, 15_000]);
});

it('takes up unsent answers after a reload and ignores anything else in the store', () => {
  expect(parseOutbox(JSON.stringify([first, { id: 4 }, null, { ...first, reply_to: 7 }, second])).waiting).toEqual([first, second]);
  expect(parseOutbox('[{"id":"m9","kind":"message","text":"Earlier."}]').waiting).toEqual([{ id: 'm9', kind: 'message', text: 'Earlier.', reply_to: null }]);
  expect(parseOutbox('{"broken').waiting).toEqual([]);
  expect(parseOutbox(null)).toBe(emptyOutbox);
});
