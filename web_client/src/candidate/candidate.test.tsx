import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { FakeServer, problem, type Answer } from '../test/fakeServer';
import { open } from '../test/open';

const invitation = {
  position_title: 'Night baker',
  company: 'Crumb & Co',
  candidate_name: 'Ines',
  bank: { id: 'demo', version: '1.0.0', title: 'Demo', question_count: 3, minutes: 4 },
  consents: {
    version: 'v7',
    introduction: ['Aila is an AI.', 'You can stop at any time.'],
    items: [
      { id: 'interview', required: true, title: 'I agree to be interviewed', body: 'Aila asks.', without_it: 'There is no interview.' },
      { id: 'recording', required: false, title: 'I agree to the recording', body: 'A sound recording.', without_it: 'Only the transcript is kept.' },
    ],
  },
  modes: ['voice', 'text'],
  mode: null as string | null,
  status: 'new',
  agent_available: true,
  retention_days: 90,
};

const view = (texts: readonly string[], status = 'active') => ({
  session_id: 's41',
  mode: 'text',
  status,
  progress: { phase: 'questions', question_id: 'q1', question_text: 'What did you bake?', question_number: 1, question_count: 3, minutes_left: 4, floor: 'candidate', paused: false },
  turns: texts.map((text, i) => ({ id: `t${String(i)}`, speaker: i % 2 === 0 ? 'aila' : 'candidate', kind: i % 2 === 0 ? 'question' : 'answer', text, question_id: 'q1' })),
});

const joined = { session_id: 's41', session_token: 'token-41', mode: 'text', livekit_url: null, livekit_token: null, resumed: false };

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer()
    .on('GET', '/api/candidate/invitation', invitation)
    .on('POST', '/api/candidate/join', joined)
    .on('GET', '/api/candidate/session', view(['What did you bake?']))
    .on('GET', '/api/candidate/status', { status: 'processing', ended_at: null, recording_kept: null });
});
afterEach(() => { server.restore(); });

async function startTyping() {
  const user = open('/i/invite-41');
  await user.click(await screen.findByRole('checkbox', { name: /interviewed/ }));
  await user.click(screen.getByRole('radio', { name: 'By typing' }));
  await user.click(screen.getByRole('button', { name: 'Start typing' }));
  await screen.findByText('What did you bake?');
  return user;
}

it('ticks nothing beforehand, and says what happens without each consent', async () => {
  open('/i/invite-41');
  for (const box of await screen.findAllByRole('checkbox')) expect(box).not.toBeChecked();
  expect(screen.getByRole('checkbox', { name: /recording/ })).toHaveAccessibleDescription(/Only the transcript is kept/);
});

it('does not begin without the consent that is needed, nor without a way to answer', async () => {
  const user = open('/i/invite-41');
  await user.click(await screen.findByRole('button', { name: 'Continue' }));
  expect(screen.getByRole('alert')).toHaveTextContent(/tick the agreement/);
  await user.click(screen.getByRole('checkbox', { name: /interviewed/ }));
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  expect(screen.getByRole('alert')).toHaveTextContent(/how you would like to answer/);
  expect(server.requests('POST', '/api/candidate/join')).toEqual([]);
});

it('joins with exactly the consents that were given', async () => {
  await startTyping();
  expect(server.requests('POST', '/api/candidate/join')[0]?.body).toEqual({
    invite: 'invite-41',
    consents: { interview: true, recording: false },
    mode: 'text',
  });
});

it.each([
  [410, 'invitation-expired', 'This invitation has expired'],
  [400, 'invitation-forged', 'This link is not complete'],
  [503, 'unavailable', 'Your invitation cannot be opened right now'],
])('explains a refusal with status %i', async (status, kind, title) => {
  server.on('GET', '/api/candidate/invitation', () => problem(status, kind, 'no'));
  open('/i/invite-41');
  expect(await screen.findByRole('heading', { level: 1, name: title })).toBeInTheDocument();
});

it('tries again when the server could not be reached', async () => {
  let up = false;
  server.on('GET', '/api/candidate/invitation', (): Answer => (up ? { status: 200, body: invitation } : 'unreachable'));
  const user = open('/i/invite-41');
  const again = await screen.findByRole('button', { name: 'Try again' });
  up = true;
  await user.click(again);
  expect(await screen.findByRole('heading', { name: 'Hello Ines' })).toBeInTheDocument();
});

it('sends a typed answer once more with the same id after a failure, and never loses it', async () => {
  let failures = 0;
  server.on('POST', '/api/candidate/messages', (): Answer => {
    failures += 1;
    return failures === 1 ? 'unreachable' : { status: 200, body: view(['What did you bake?', 'Rye bread.', 'How did it end?']) };
  });
  const user = await startTyping();
  await user.type(screen.getByRole('textbox', { name: 'Your answer' }), 'Rye bread.');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText(/trying again/)).toBeInTheDocument();
  expect(screen.getByText('Rye bread.')).toBeInTheDocument();
  expect(await screen.findByText('How did it end?', {}, { timeout: 3_000 })).toBeInTheDocument();
  const [first, second] = server.requests('POST', '/api/candidate/messages');
  expect(first?.body).toMatchObject({ text: 'Rye bread.' });
  expect(second?.body).toEqual(first?.body);
  expect(second?.headers.get('authorization')).toBe('Bearer token-41');
});

it('keeps a draft through a reload', async () => {
  const user = await startTyping();
  await user.type(screen.getByRole('textbox', { name: 'Your answer' }), 'Half a sentence');
  expect(localStorage.getItem('aila.draft.s41')).toBe('Half a sentence');
});

it('passes a control on and disables the others until it is answered', async () => {
  server.on('POST', '/api/candidate/controls', (): Answer => ({ status: 200, body: view(['What did you bake?', 'skipped', 'Why bread?']) }));
  const user = await startTyping();
  await user.click(within(screen.getByRole('group', { name: 'Interview controls' })).getByRole('button', { name: 'Skip' }));
  expect(await screen.findByText('Why bread?')).toBeInTheDocument();
  expect(server.requests('POST', '/api/candidate/controls')[0]?.body).toMatchObject({ control: 'skip' });
});

it('ends the interview only after asking, and then says what happens next', async () => {
  server.on('POST', '/api/candidate/controls', (): Answer => ({ status: 200, body: view(['What did you bake?'], 'ended') }));
  const user = await startTyping();
  await user.click(screen.getByRole('button', { name: 'Leave' }));
  await user.click(await screen.findByRole('button', { name: 'End the interview' }));
  expect(await screen.findByRole('heading', { name: 'You ended the interview' })).toBeInTheDocument();
  await waitFor(() => { expect(server.requests('GET', '/api/candidate/status')).not.toEqual([]); });
});

it('welcomes back a browser that had begun, with the consents given before', async () => {
  await startTyping();
  server.on('GET', '/api/candidate/invitation', { ...invitation, status: 'in_progress', mode: 'text' });
  document.body.innerHTML = '';
  const user = open('/i/invite-41');
  expect(await screen.findByRole('button', { name: 'Go on by talking instead' })).toBeEnabled();
  await user.click(screen.getByRole('button', { name: 'Go on with the interview' }));
  await waitFor(() => { expect(server.requests('POST', '/api/candidate/join')).toHaveLength(2); });
  expect(server.requests('POST', '/api/candidate/join')[1]?.body).toMatchObject({ consents: { interview: true, recording: false } });
});

it('explains how to allow a microphone that was refused, and offers to type instead', async () => {
  Object.defineProperty(window, 'isSecureContext', { value: true, configurable: true });
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getUserMedia: () => Promise.reject(new DOMException('no', 'NotAllowedError')) },
  });
  Object.defineProperty(globalThis, 'AudioContext', { configurable: true, value: class { state = 'running'; } });
  const user = open('/i/invite-41');
  await user.click(await screen.findByRole('checkbox', { name: /interviewed/ }));
  await user.click(screen.getByRole('radio', { name: 'By talking' }));
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await user.click(await screen.findByRole('button', { name: 'Turn on the microphone' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(/blocked for this page/);
  expect(screen.getByRole('button', { name: 'Start the interview' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Type my answers instead' }));
  expect(await screen.findByText('What did you bake?')).toBeInTheDocument();
});
