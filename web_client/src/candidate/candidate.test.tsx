import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { switchLanguage } from '../messages';
import { FakeServer, problem, type Answer } from '../test/fakeServer';
import { open } from '../test/open';

const invitation = {
  position_title: 'Night baker',
  company: 'Crumb & Co',
  candidate_name: 'Ines',
  bank: { id: 'demo', version: '1.0.0', title: 'Demo', question_count: 3, minutes: 4, minutes_typed: 9 },
  consents: {
    version: 'v7',
    language: 'en',
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
  interview_language: 'en',
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
    consents: { interview: true, recording: false, camera: false },
    mode: 'text',
    consent_text: { version: 'v7', language: 'en' },
  });
});

describe('in another language', () => {
  afterEach(() => switchLanguage('en'));

  const german = { ...invitation.consents, language: 'de', introduction: ['Aila ist eine KI.'] };

  async function openAndSwitch() {
    const user = open('/i/invite-41');
    await user.click(await screen.findByRole('checkbox', { name: /interviewed/ }));
    server.on('GET', '/api/candidate/invitation', { ...invitation, consents: german });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Language of this page' }), 'Deutsch');
    expect(await screen.findByText('Aila ist eine KI.')).toBeVisible();
    return user;
  }

  it('asks for the text again, ticks nothing in it, and joins with the text that was read', async () => {
    const user = await openAndSwitch();
    expect(document.documentElement.lang).toBe('de');
    expect(screen.getByText(/^Das Interview wird auf Englisch geführt/)).toBeVisible();
    const box = screen.getByRole('checkbox', { name: /interviewed/ });
    expect(box).not.toBeChecked();
    await user.click(box);
    await user.click(screen.getByRole('radio', { name: 'Schriftlich' }));
    await user.click(screen.getByRole('button', { name: 'Schriftlich beginnen' }));
    expect(await screen.findByText('What did you bake?')).toHaveAttribute('lang', 'en');
    expect(server.requests('POST', '/api/candidate/join')[0]?.body).toMatchObject({ consent_text: { version: 'v7', language: 'de' } });
  });

  it('shows a text that was changed meanwhile again, and says so', async () => {
    const user = await openAndSwitch();
    server.on('POST', '/api/candidate/join', () => problem(409, 'consent-text-changed', 'Version v8 is shown now.'));
    server.on('GET', '/api/candidate/invitation', { ...invitation, consents: { ...german, version: 'v8', introduction: ['Aila ist immer noch eine KI.'] } });
    await user.click(screen.getByRole('checkbox', { name: /interviewed/ }));
    await user.click(screen.getByRole('radio', { name: 'Schriftlich' }));
    await user.click(screen.getByRole('button', { name: 'Schriftlich beginnen' }));
    expect(await screen.findByText('Aila ist immer noch eine KI.')).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(/wurde inzwischen geändert/);
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

it('puts an answer back in the box when another tab has gone on, and shows the newest question', async () => {
  server.on('POST', '/api/candidate/messages', () => problem(409, 'moved-on', 'Moved on.'));
  const user = await startTyping();
  server.on('GET', '/api/candidate/session', view(['What did you bake?', 'Rye.', 'Why rye?']));
  await user.type(screen.getByRole('textbox', { name: 'Your answer' }), 'Rye bread.');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByText(/asked something else meanwhile/)).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Your answer' })).toHaveValue('Rye bread.');
  expect(await screen.findByText('Why rye?')).toBeInTheDocument();
  const shown = view(['What did you bake?']).turns.at(-1)?.id;
  expect(server.requests('POST', '/api/candidate/messages')[0]?.body).toMatchObject({ reply_to: shown });
});

it('stays with the devices after a reload, until the candidate goes back to the text', async () => {
  const user = open('/i/invite-41');
  await user.click(await screen.findByRole('checkbox', { name: /interviewed/ }));
  await user.click(screen.getByRole('radio', { name: /By talking/ }));
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  const back = () => screen.findByRole('button', { name: 'Back' });
  await back();
  cleanup();
  open('/i/another-42');
  expect(await screen.findByRole('heading', { name: 'Hello Ines' })).toBeInTheDocument();
  cleanup();
  open('/i/invite-41');
  await user.click(await back());
  cleanup();
  open('/i/invite-41');
  expect(await screen.findByRole('heading', { name: 'Hello Ines' })).toBeInTheDocument();
  expect(server.requests('POST', '/api/candidate/join')).toEqual([]);
});

it('tells the minutes of the way that is chosen', async () => {
  const user = open('/i/invite-41');
  expect(await screen.findByText('about 4 minutes')).toBeInTheDocument();
  await user.click(screen.getByRole('radio', { name: /By typing/ }));
  expect(screen.getByText('about 9 minutes')).toBeInTheDocument();
});

it('says what comes before the first question, and counts none', async () => {
  const warmUp = view(['How was your way here?']);
  server.on('GET', '/api/candidate/session', { ...warmUp, progress: { ...warmUp.progress, phase: 'practice', question_number: 0 } });
  const user = open('/i/invite-41');
  await user.click(await screen.findByRole('checkbox', { name: /interviewed/ }));
  await user.click(screen.getByRole('radio', { name: 'By typing' }));
  await user.click(screen.getByRole('button', { name: 'Start typing' }));
  expect(await screen.findByText('Practice, not stored')).toBeInTheDocument();
  expect(screen.queryByText(/^0 of/)).not.toBeInTheDocument();
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

it('takes a double click on Skip for one press', async () => {
  server.on('POST', '/api/candidate/controls', view(['What did you bake?', 'And when?']));
  const user = await startTyping();
  await user.dblClick(screen.getByRole('button', { name: 'Skip' }));
  await screen.findByText('And when?');
  expect(server.requests('POST', '/api/candidate/controls')).toHaveLength(1);
});

describe('an interview that is over', () => {
  const answers = {
    reference: 's41', ended_at: '2026-11-02T10:00:00Z', recording_s: null, human_review: null,
    turns: [
      { id: 't1', speaker: 'aila', kind: 'question', text: 'What did you bake?', question_id: 'q1', start_s: 0, end_s: 2 },
      { id: 't2', speaker: 'candidate', kind: 'answer', text: 'Rye bread, for a hundred people.', question_id: 'q1', start_s: 3, end_s: 9 },
    ],
  };
  const receipt = { receipt: 'r7c1', erased_at: '2026-11-03T09:00:00Z', erased: { events: 12, consents: 2, files: 0, decisions: 1 } };

  beforeEach(() => {
    server
      .on('GET', '/api/candidate/invitation', { ...invitation, status: 'completed', mode: 'text' })
      .on('POST', '/api/candidate/return', { session_token: 'token-back', status: 'scored' })
      .on('GET', '/api/candidate/status', { status: 'scored', ended_at: null, recording_kept: false })
      .on('GET', '/api/candidate/answers', answers)
      .on('POST', '/api/candidate/human-review', { asked_at: '2026-11-03T08:00:00Z', note: 'Please look.' })
      .on('DELETE', '/api/candidate/interview', receipt);
  });

  async function goBack() {
    const user = open('/i/invite-41');
    await user.click(await screen.findByRole('button', { name: 'Read, hear or delete my answers' }));
    await screen.findByRole('heading', { name: 'Your answers' });
    return user;
  }

  it('shows what was said, with the token that the link gave', async () => {
    const user = await goBack();
    expect(screen.queryByText('Rye bread, for a hundred people.')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Read what was said' }));
    expect(screen.getByText('Rye bread, for a hundred people.')).toBeVisible();
    expect(server.requests('GET', '/api/candidate/answers')[0]?.headers.get('authorization')).toBe('Bearer token-back');
    expect(screen.queryByRole('button', { name: /Hear/ })).toBeNull();
  });

  it('keeps a sentence that another tab has forestalled in its box, and shows the other one', async () => {
    const may = (addition: object | null) => ({
      ...answers,
      amendable_until: '2026-11-04T10:00:00Z',
      turns: answers.turns.map((turn, i) => ({ ...turn, amendable: i === 1, correctable: false, correction: null, addition: i === 1 ? addition : null, withdrawn_by: null })),
    });
    server.on('GET', '/api/candidate/answers', may(null));
    server.on('POST', '/api/candidate/amendments', () => problem(409, 'already-added', 'For programmers only.'));
    const user = await goBack();
    await user.click(screen.getByRole('button', { name: 'Read what was said' }));
    await user.click(screen.getByRole('button', { name: 'Add a sentence, answer 1' }));
    await user.type(screen.getByRole('textbox'), 'In May.');
    server.on('GET', '/api/candidate/answers', may({ id: 'a9', text: 'In June.' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/added a sentence already; remove it first/)).toBeVisible();
    expect(screen.getByRole('textbox')).toHaveValue('In May.');
    expect(await screen.findByText('In June.')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    server.on('POST', '/api/candidate/amendments', may(null));
    await user.click(screen.getByRole('button', { name: 'Remove the sentence, answer 1' }));
    await user.click(await screen.findByRole('button', { name: 'Add a sentence, answer 1' }));
    expect(screen.getByRole('textbox')).toHaveValue('In May.');
  });

  it('takes a wish for a person, with its note', async () => {
    const user = await goBack();
    await user.click(screen.getByRole('button', { name: 'Ask a person to look at it' }));
    await user.type(screen.getByRole('textbox'), 'Please look.');
    await user.click(screen.getByRole('button', { name: 'Ask for a person' }));
    expect(await screen.findByText(/You asked for a person on/)).toBeVisible();
    expect(server.requests('POST', '/api/candidate/human-review')[0]?.body).toEqual({ note: 'Please look.' });
  });

  it('deletes only after a second, plain yes, and shows the receipt', async () => {
    const user = await goBack();
    await user.click(screen.getByRole('button', { name: 'Delete everything' }));
    expect(server.requests('DELETE', '/api/candidate/interview')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Yes, delete everything' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Everything was deleted' })).toBeVisible();
    expect(screen.getByText('r7c1')).toBeVisible();
    expect(screen.getByText('12 steps of the interview')).toBeVisible();
    expect(screen.getByText('1 decision')).toBeVisible();
    expect(screen.queryByText(/0 files/)).toBeNull();
  });

  it('names what the camera recorded wherever it is kept', async () => {
    server.on('GET', '/api/candidate/status', { status: 'scored', ended_at: null, recording_kept: true, camera_kept: true });
    const user = await goBack();
    expect(await screen.findByText(/What your camera recorded is kept/)).toBeVisible();
    expect(screen.getAllByText(/recording, what your camera recorded/)).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Delete everything' }));
    expect(screen.getByRole('dialog')).toHaveTextContent(/nor see what your camera recorded/);
  });

  it('claims no stored answers where nothing was said', async () => {
    server.on('GET', '/api/candidate/answers', { ...answers, amendable_until: '2026-11-04T10:00:00Z', turns: answers.turns.slice(0, 1) });
    await goBack();
    expect(screen.getByText('There are no answers to store')).toBeVisible();
    expect(screen.queryByText('Your answers are stored')).toBeNull();
    expect(screen.queryByRole('button', { name: 'I have nothing to change' })).toBeNull();
  });

  it('says why it could not be deleted', async () => {
    server.on('DELETE', '/api/candidate/interview', () => problem(503, 'unavailable', 'The disk is away.'));
    const user = await goBack();
    await user.click(screen.getByRole('button', { name: 'Delete everything' }));
    await user.click(screen.getByRole('button', { name: 'Yes, delete everything' }));
    expect(await within(screen.getByRole('dialog')).findByText(/^This did not work: This is not available right now/)).toBeVisible();
  });

  it('tells of the deletion when its link is opened again', async () => {
    server.on('GET', '/api/candidate/invitation', () => problem(410, 'invitation-erased', 'Deleted on 3 November 2026.'));
    open('/i/invite-41');
    expect(await screen.findByRole('heading', { level: 1, name: 'This interview was deleted' })).toBeVisible();
  });
});
