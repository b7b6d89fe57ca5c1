import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { switchLanguage } from '../messages';
import { languages } from '../messages/languages';
import { FakeServer, problem } from '../test/fakeServer';
import { open } from '../test/open';
import { pseudoLocale, wordsNotFromMessages } from '../test/pseudoLocale';

/** What comes from the server, or is a name in every language. */
const DATA = [
  'Night baker', 'Crumb & Co', 'Ines', 'Aila', 'English', 'Deutsch',
  'Consent to talk.', 'Aila asks.', 'No talk.', 'A first paragraph.',
  'What did you bake?', 'Rye bread.', 's41', 'r7c1',
];
const invitation = {
  position_title: 'Night baker', company: 'Crumb & Co', candidate_name: 'Ines',
  bank: { id: 'demo', version: '1.0.0', title: 'Demo', question_count: 3, minutes: 4, minutes_typed: 9 },
  consents: {
    version: 'v7', language: 'de', introduction: ['A first paragraph.'],
    items: [{ id: 'interview', required: true, title: 'Consent to talk.', body: 'Aila asks.', without_it: 'No talk.' }],
  },
  modes: ['voice', 'text'], mode: null, status: 'new', agent_available: true, retention_days: 90, interview_language: 'en',
};
const turns = [
  { id: 't1', speaker: 'aila', kind: 'follow_up', text: 'What did you bake?', question_id: 'q1', start_s: 0, end_s: 2 },
  { id: 't2', speaker: 'candidate', kind: 'answer', text: 'Rye bread.', question_id: 'q1', start_s: 3, end_s: 9 },
];
const progress = { phase: 'questions', question_id: 'q1', question_text: 'What did you bake?', question_number: 1, question_count: 3, minutes_left: 4, floor: 'candidate', paused: false };
const session = { session_id: 's41', mode: 'text', status: 'active', progress, turns };

let server: FakeServer;
beforeEach(async () => {
  vi.spyOn(languages.de, 'load').mockResolvedValue(pseudoLocale('de'));
  await switchLanguage('de');
  server = new FakeServer()
    .on('GET', '/api/candidate/invitation', invitation)
    .on('POST', '/api/candidate/join', { session_id: 's41', session_token: 'k41', mode: 'text', livekit_url: null, livekit_token: null, resumed: false })
    .on('GET', '/api/candidate/session', session)
    .on('GET', '/api/candidate/status', { status: 'scored', ended_at: null, recording_kept: true })
    .on('POST', '/api/candidate/return', { session_token: 'k41', status: 'scored' })
    .on('GET', '/api/candidate/group-data', { offered: true, answer: null })
    .on('GET', '/api/candidate/answers', { reference: 's41', ended_at: null, recording_s: 9, human_review: null, turns })
    .on('DELETE', '/api/candidate/interview', { receipt: 'r7c1', erased_at: '2026-11-03T09:00:00Z', erased: { events: 12 } });
});
afterEach(async () => {
  server.restore();
  await switchLanguage('en');
});

const press = async (user: ReturnType<typeof open>, name: RegExp) => { await user.click(await screen.findByRole('button', { name })); };
const expectAllFromMessages = () => { expect(wordsNotFromMessages(DATA)).toEqual([]); };

it('notices words that do not come from the messages', async () => {
  open('/nowhere');
  await screen.findByRole('heading', { level: 1 });
  document.body.insertAdjacentHTML('beforeend', '<p aria-label="Read out">Hard-coded words</p>');
  expect(wordsNotFromMessages(DATA)).toEqual(['Read out', 'Hard-coded words']);
  document.body.lastElementChild?.remove();
  expectAllFromMessages();
});

it.each([
  [410, 'invitation-expired'], [410, 'invitation-revoked'], [410, 'invitation-erased'],
  [400, 'invitation-forged'], [429, 'too-many-requests'], [503, 'unavailable'],
])('has every word of a refusal with status %i, %s, from the messages', async (status, kind) => {
  server.on('GET', '/api/candidate/invitation', () => problem(status, kind, 'For programmers only.'));
  open('/i/invite-41');
  await screen.findByRole('heading', { level: 1 });
  expectAllFromMessages();
});

it('has every word of the credits from the messages', async () => {
  open('/credits');
  await screen.findByRole('heading', { level: 1 });
  const names = [...document.querySelectorAll('li')].flatMap((line) => [line.querySelector('a')?.textContent ?? '', line.textContent?.split('. ').at(-1) ?? '']);
  expect(wordsNotFromMessages([...DATA, ...names, 'SIL Open Font License 1.1', 'Apache-2.0', 'MIT'])).toEqual([]);
});

it('has every word of the trust page and the device check from the messages', async () => {
  Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true });
  const getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia } });
  vi.stubGlobal('AudioContext', class { state = 'running'; });
  const user = open('/i/invite-41');
  await press(user, /Continue/);
  expectAllFromMessages();
  await user.click(screen.getByRole('checkbox', { name: /Consent/ }));
  await user.click(screen.getByRole('radio', { name: /By talking/ }));
  await press(user, /Continue/);
  await press(user, /Turn on the microphone/);
  await screen.findByRole('alert');
  expectAllFromMessages();
  server.on('POST', '/api/candidate/join', () => problem(429, 'too-many-requests', 'For programmers only.'));
  await press(user, /Type my answers/);
  await screen.findByText(/Too many attempts/);
  expectAllFromMessages();
});

it('has every word in and after an interview from the messages', async () => {
  server.on('POST', '/api/candidate/messages', () => problem(422, 'invalid', 'For programmers only.'));
  const user = open('/i/invite-41');
  await user.click(await screen.findByRole('checkbox', { name: /Consent/ }));
  await user.click(screen.getByRole('radio', { name: /By typing/ }));
  await press(user, /Start typing/);
  await screen.findByText('What did you bake?');
  expectAllFromMessages();
  await user.type(screen.getByRole('textbox'), 'Rye bread.');
  await press(user, /Send/);
  await screen.findByText(/could not be sent/);
  expectAllFromMessages();
  await press(user, /Leave/);
  expectAllFromMessages();
});

it('has every word of what one may do afterwards from the messages', async () => {
  server.on('GET', '/api/candidate/invitation', { ...invitation, status: 'completed', mode: 'text' });
  const user = open('/i/invite-41');
  await screen.findByRole('heading', { level: 1 });
  expectAllFromMessages();
  await press(user, /Read, hear or delete/);
  await press(user, /Read what was said/);
  await press(user, /Ask a person/);
  expectAllFromMessages();
  await press(user, /Cancel/);
  server.on('GET', '/api/candidate/export', () => 'unreachable');
  await press(user, /Download everything/);
  await screen.findByText(/This did not work/);
  expectAllFromMessages();
  await press(user, /Delete everything/);
  expectAllFromMessages();
  await press(user, /Yes, delete everything/);
  await screen.findByText('r7c1');
  expectAllFromMessages();
});
