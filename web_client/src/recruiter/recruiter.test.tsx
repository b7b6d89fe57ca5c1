import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { FakeServer, problem, type Answer } from '../test/fakeServer';
import { open } from '../test/open';

const position = {
  id: 'baker', title: 'Night baker', bank: { id: 'demo', version: '1.0.0' }, rubric: { id: 'behavioural', version: '1.2.0' }, candidates: 3, scored: 2,
};
const levels = { teamwork: { required: 2, importance: 3, exceeds_margin: 0.75 } };
const criteria = [{ id: 'teamwork', name: 'Teamwork' }, { id: 'planning', name: 'Planning' }];

function row(session_id: string, candidate_name: string, rank: number | null, fit: string, more: object = {}) {
  return {
    session_id, candidate_name, status: 'scored', mode: 'voice', rank, rank_tied: false,
    overall: rank === null ? null : { score: 2.4 - rank / 10, interval: [1.5, 2.7] },
    criteria: [{ id: 'teamwork', name: 'Teamwork', score: 2.1, interval: [1.7, 2.5], abstained: false, reason: null, required: 2, importance: 3, fit }],
    counted: 1, decision: null, ended_at: '2026-03-04T05:06:07Z', has_recording: true, has_cv: false, failure: null, ...more,
  };
}

const rows = [
  row('s2', 'Bo', 2, 'below'),
  row('s1', 'Ada', 1, 'exceeds', { rank_tied: true }),
  row('s3', 'Cy', null, 'uncertain', { status: 'processing', criteria: [] }),
];

const text = 'We were late. I made a new plan with everyone.';
const session = {
  session_id: 's1', candidate_name: 'Ada', status: 'scored', mode: 'voice', position, levels, failure: null,
  rubric: { id: 'behavioural', version: '1.2.0', title: 'B', criteria: [{ id: 'teamwork', name: 'Teamwork', behaviours: [{ id: 'plan', statement: 'Planned with others', techniques: ['clause_pattern'] }] }] },
  scores: {
    schema: 'aila.scores/1', session_id: 's1', rubric: { id: 'behavioural', version: '1.2.0' }, calibrated: false, provenance: 'sha256:0',
    criteria: [{ id: 'teamwork', score: 2.1, interval: [1.7, 2.5], abstained: false, reason: null,
      indicators: [{ id: 'plan', value: 'high', evidence: [{ turn: 't2', start: 14, end: 46, quote: text.slice(14, 46) }],
        contradicting: [{ turn: 't2', start: 0, end: 13, quote: text.slice(0, 13) }] }] }],
  },
  transcript: {
    schema: 'aila.transcript/1', session_id: 's1', bank: { id: 'demo', version: '1.0.0' }, locale: 'en',
    turns: [
      { id: 't1', speaker: 'aila', kind: 'question', text: 'What happened?', start: 0, end: 2 },
      { id: 't2', speaker: 'candidate', kind: 'answer', text, start: 3, end: 9,
        words: text.split(' ').map((word, i) => ({ text: word, start: 3 + i * 0.5, end: 3.4 + i * 0.5 })) },
    ],
  },
  recording: { url: '/api/recruiter/sessions/s1/recording', duration_s: 9 },
  camera: [{ url: '/api/recruiter/sessions/s1/camera/take-one', start_s: 3, size_bytes: 77 }],
  decisions: [], cv: null, consents: [], human_review: null, started_at: null, ended_at: null,
  amendments: [], amendable_until: null,
};

const sensitivity = {
  top: 1, draws: 1000,
  places: [{ session_id: 's1', candidate_name: 'Ada', share: 0.914 }, { session_id: 's2', candidate_name: 'Bo', share: 0.086 }],
  pairs: [{
    upper: 's1', upper_name: 'Ada', lower: 's2', lower_name: 'Bo', difference: 0.12, tied: true,
    importance_change: { criterion: 'planning', criterion_name: 'Planning', now: 1, then: 3 },
    score_change: { session_id: 's2', criterion: 'teamwork', criterion_name: 'Teamwork', now: 1.9, then: 2.2, interval: [1.5, 2.6] },
  }],
};
const positionChoices = {
  banks: [{ id: 'demo', version: '1.0.0', title: 'Demo bank', questions: 3, minutes: 7 }],
  rubrics: [{ id: 'behavioural', version: '1.2.0' }],
  roles: [{ id: 'baker', title: 'Bakers', soc_code: '51-3011.00', importance: { teamwork: 1, planning: 3 } }],
  mapping: { planning: { work_styles: ['Attention to Detail'], match: 'loose', why: 'Nearest.' } },
  attribution: 'From the O*NET Database.',
};

const login = { user: { username: 'rita', role: 'recruiter' }, csrf_token: 'csrf-77' };

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer()
    .on('GET', '/api/auth/me', login)
    .on('GET', '/api/recruiter/positions', [position])
    .on('GET', '/api/recruiter/positions/baker', { ...position, levels, criteria })
    .on('GET', '/api/recruiter/positions/baker/ranking', { position, rows, not_begun: [], calibrated: false })
    .on('GET', '/api/recruiter/positions/baker/ranking/sensitivity', sensitivity)
    .on('GET', '/api/recruiter/position-choices', positionChoices)
    .on('GET', '/api/recruiter/sessions/s1', session);
});
afterEach(() => { server.restore(); });

it('sends a visitor without a login to the login page, and back where they wanted to go', async () => {
  let known = false;
  server
    .on('GET', '/api/auth/me', (): Answer => (known ? { status: 200, body: login } : problem(401, 'not-logged-in', 'A login is needed.')))
    .on('POST', '/api/auth/login', (): Answer => {
      known = true;
      return { status: 200, body: login };
    });
  const user = open('/recruiter/positions/baker');
  await user.type(await screen.findByLabelText('User name'), 'rita');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByRole('heading', { name: 'Night baker' })).toBeInTheDocument();
});

it('shows a wrong password in the server’s words', async () => {
  server.on('POST', '/api/auth/login', () => problem(401, 'not-logged-in', 'User name or password is wrong.'));
  const user = open('/login');
  await user.type(await screen.findByLabelText('User name'), 'rita');
  await user.type(screen.getByLabelText('Password'), 'x');
  await user.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('User name or password is wrong.');
});

function doubleClick(button: HTMLElement) {
  const form = button.closest('form');
  if (form === null) throw new Error('the button is in no form');
  fireEvent.submit(form);
  fireEvent.submit(form);
}

it('makes one invitation and one position of a double click', async () => {
  server
    .on('POST', '/api/recruiter/positions/baker/invitations', (): Answer => ({ status: 201, body: { invite: 'x', url: 'http://here/i/x', expires_at: '2026-05-06T07:08:09Z' } }))
    .on('POST', '/api/recruiter/positions', (): Answer => ({ status: 201, body: position }));
  const user = open('/recruiter/positions/baker');
  await user.click(await screen.findByRole('button', { name: 'Invite a candidate' }));
  await user.type(screen.getByLabelText('Candidate’s name'), 'Dee');
  doubleClick(screen.getByRole('button', { name: 'Make the link' }));
  await user.click(await screen.findByRole('button', { name: 'Copy the link' }));
  await user.keyboard('{Escape}');
  await user.click(within(screen.getByRole('main')).getByRole('link', { name: 'Positions' }));
  await user.click(await screen.findByRole('link', { name: 'New position' }));
  await user.type(await screen.findByLabelText('Title'), 'Night baker');
  await user.type(screen.getByLabelText('Company, as candidates read it'), 'Oven');
  doubleClick(screen.getByRole('button', { name: 'Make the position' }));
  expect(await screen.findByRole('heading', { name: 'Night baker' })).toBeInTheDocument();
  expect(server.requests('POST', '/api/recruiter/positions/baker/invitations')).toHaveLength(1);
  expect(server.requests('POST', '/api/recruiter/positions')).toHaveLength(1);
});

async function shownNames() {
  const table = await screen.findByRole('table', { name: 'Candidates, ranked' });
  return within(table).getAllByRole('link').map((link) => link.textContent);
}

it('ranks candidates, unfinished ones last, and says fit in words', async () => {
  open('/recruiter/positions/baker');
  expect(await shownNames()).toEqual(['Ada', 'Bo', 'Cy']);
  expect(screen.getByText('Teamwork: exceeds')).toBeInTheDocument();
  expect(screen.getByText('tied')).toBeInTheDocument();
  expect(screen.getByText('uncalibrated')).toBeInTheDocument();
});

it('filters by fit and by name, and sorts', async () => {
  const user = open('/recruiter/positions/baker');
  await shownNames();
  await user.click(screen.getByRole('button', { name: 'Candidate' }));
  await user.click(screen.getByRole('button', { name: 'Candidate' }));
  expect(await shownNames()).toEqual(['Cy', 'Bo', 'Ada']);
  await user.click(screen.getByRole('checkbox', { name: /No criterion below/ }));
  expect(await shownNames()).toEqual(['Cy', 'Ada']);
  await user.type(screen.getByRole('searchbox', { name: 'Find by name' }), 'ad');
  expect(await shownNames()).toEqual(['Ada']);
});

it('says what to do when nobody has been interviewed', async () => {
  server.on('GET', '/api/recruiter/positions/baker/ranking', { position, rows: [], not_begun: [], calibrated: false });
  open('/recruiter/positions/baker');
  expect(await screen.findByText(/Invite one/)).toBeInTheDocument();
});

it('makes an invitation’s link, with the CSRF token', async () => {
  server.on('POST', '/api/recruiter/positions/baker/invitations', (): Answer => ({ status: 201, body: { invite: 'x', url: 'http://here/i/x', expires_at: '2026-05-06T07:08:09Z' } }));
  const user = open('/recruiter/positions/baker');
  await user.click(await screen.findByRole('button', { name: 'Invite a candidate' }));
  await user.type(screen.getByLabelText('Candidate’s name'), 'Dee');
  await user.click(screen.getByRole('button', { name: 'Make the link' }));
  expect(await screen.findByLabelText('Invitation link')).toHaveValue('http://here/i/x');
  const [asked] = server.requests('POST', '/api/recruiter/positions/baker/invitations');
  expect(asked?.body).toEqual({ candidate_name: 'Dee', expires_in_days: 14 });
  expect(asked?.headers.get('x-csrf-token')).toBe('csrf-77');
});

it('saves what is asked of each criterion', async () => {
  server.on('PUT', '/api/recruiter/positions/baker/levels', (): Answer => ({ status: 200, body: { ...position, levels, criteria } }));
  const user = open('/recruiter/positions/baker');
  await user.click(await screen.findByRole('tab', { name: 'Required levels' }));
  await user.selectOptions(screen.getByLabelText('Importance of Planning'), 'essential');
  await user.selectOptions(screen.getByLabelText('Required level for Planning'), '1.5');
  await user.selectOptions(screen.getByLabelText('Margin from which Planning is exceeded'), '1 above');
  await user.selectOptions(screen.getByLabelText('Importance of Teamwork'), 'does not count');
  await user.click(within(screen.getByRole('main')).getByRole('link', { name: 'Positions' }));
  await user.click(await screen.findByRole('link', { name: 'Night baker' }));
  await user.click(await screen.findByRole('tab', { name: 'Required levels (not saved)' }));
  expect(screen.getByText('Not saved yet.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Save levels' }));
  expect(await screen.findByText(/^Saved/)).toBeInTheDocument();
  expect(screen.queryByText('Not saved yet.')).not.toBeInTheDocument();
  expect(server.requests('PUT', '/api/recruiter/positions/baker/levels')[0]?.body).toEqual({ levels: { planning: { required: 1.5, importance: 3, exceeds_margin: 1 } } });
});

it('discards changed levels, and then keeps none', async () => {
  const user = open('/recruiter/positions/baker');
  await user.click(await screen.findByRole('tab', { name: 'Required levels' }));
  const importance = screen.getByLabelText<HTMLSelectElement>('Importance of Teamwork');
  const before = importance.value;
  await user.selectOptions(importance, 'does not count');
  expect(sessionStorage).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Discard the changes' }));
  expect(importance).toHaveValue(before);
  expect(sessionStorage).toHaveLength(0);
});

it('fills in the importances of a role, and no required level', async () => {
  server.on('PUT', '/api/recruiter/positions/baker/levels', (): Answer => ({ status: 200, body: { ...position, levels, criteria } }));
  const user = open('/recruiter/positions/baker');
  await user.click(await screen.findByRole('tab', { name: 'Required levels' }));
  await user.selectOptions(await screen.findByLabelText('Fill in the importances of a role'), 'Bakers');
  await user.click(screen.getByRole('button', { name: 'Fill in' }));
  expect(screen.getByLabelText('Importance of Teamwork')).toHaveDisplayValue('useful');
  expect(screen.getByText('From the O*NET Database.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Save levels' }));
  await screen.findByText(/^Saved/);
  expect(server.requests('PUT', '/api/recruiter/positions/baker/levels')[0]?.body).toEqual({
    levels: { teamwork: { required: 2, importance: 1, exceeds_margin: 0.75 }, planning: { required: null, importance: 3, exceeds_margin: 0.75 } },
  });
});

it('makes a position with the importances of a role', async () => {
  server.on('POST', '/api/recruiter/positions', (): Answer => ({ status: 201, body: { ...position, levels, criteria } }));
  const user = open('/recruiter');
  await user.click(await screen.findByRole('link', { name: 'New position' }));
  await user.type(await screen.findByLabelText('Title'), 'Night baker');
  await user.type(screen.getByLabelText('Company, as candidates read it'), 'Brot GmbH');
  await user.selectOptions(screen.getByLabelText(/^Importances of a common role/), 'Bakers');
  await user.click(screen.getByRole('button', { name: 'Make the position' }));
  expect(await screen.findByRole('heading', { name: 'Night baker' })).toBeInTheDocument();
  expect(server.requests('POST', '/api/recruiter/positions')[0]?.body).toEqual({
    title: 'Night baker', company: 'Brot GmbH', bank: 'demo', rubric: 'behavioural',
    levels: { teamwork: { required: null, importance: 1, exceeds_margin: 0.75 }, planning: { required: null, importance: 3, exceeds_margin: 0.75 } },
  });
});

it('says what would change the order, in words', async () => {
  open('/recruiter/positions/baker');
  expect(await screen.findByText('If Planning were essential instead of useful, Bo would stand first.')).toBeInTheDocument();
  expect(screen.getByText('Level if Teamwork of Bo were 2.20 instead of 1.90; its interval goes from 1.50 to 2.60.')).toBeInTheDocument();
  expect(screen.getByRole('meter', { name: 'Ada' })).toHaveAttribute('value', '0.914');
  expect(screen.getByText('91 of 100', { selector: 'span' })).toBeInTheDocument();
});

it('lists who was invited and has not begun', async () => {
  const not_begun = [
    { candidate_name: 'Dee', invited_at: '2026-03-01T05:06:07Z', expires_at: '2026-03-15T05:06:07Z', state: 'open' },
    { candidate_name: 'Eli', invited_at: '2026-01-01T05:06:07Z', expires_at: '2026-01-15T05:06:07Z', state: 'expired' },
  ];
  server.on('GET', '/api/recruiter/positions/baker/ranking', { position, rows, not_begun, calibrated: false });
  const user = open('/recruiter/positions/baker');
  await user.selectOptions(await screen.findByLabelText('Status'), 'not begun');
  const table = screen.getByRole('table', { name: 'Candidates, ranked' });
  expect(within(table).getByText('Dee')).toBeInTheDocument();
  expect(within(table).getByText(/^The link expired/)).toBeInTheDocument();
  expect(within(table).queryByText('Ada')).not.toBeInTheDocument();
});

it('plays the recording from a quote and marks it in the transcript', async () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  const user = open('/recruiter/sessions/s1');
  await user.click(await screen.findByRole('button', { name: `Play the quote: ${text.slice(14, 46)}` }));
  expect(screen.getByLabelText<HTMLAudioElement>('Recording of the interview').currentTime).toBeCloseTo(4.5, 6);
  expect(play).toHaveBeenCalledOnce();
  expect(screen.getByText(text.slice(14, 46), { selector: 'mark' })).toBeInTheDocument();
});

it('shows what the candidate amended beside what counts, and of a withdrawn answer only the gap', async () => {
  const change = { start: 3, end: 7, recognised: 'were', corrected: 'are', start_s: 3.5, end_s: 4, verdict: 'heard_clearly' };
  server.on('GET', '/api/recruiter/sessions/s1', {
    ...session,
    amendments: [
      { turn_id: 't2', question_id: 'q1', start_s: 3, withdrawn: false, recognised: text, correction: { id: 'm1', text, changes: [change] }, addition: { id: 'm2', text: 'It was in May.' } },
      { turn_id: 't9', question_id: 'q2', start_s: 20, withdrawn: true, recognised: null, correction: null, addition: null },
    ],
  });
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  const user = open('/recruiter/sessions/s1');
  const record = await screen.findByRole('region', { name: 'What was said' });
  expect(within(record).getByText('It was in May.')).toBeInTheDocument();
  expect(within(record).getByText(/the recogniser was sure/)).toBeInTheDocument();
  expect(within(record).getByText(/Withdrawn by the candidate/)).toBeInTheDocument();
  await user.click(within(record).getByRole('button', { name: 'Hear 0:03, “were”' }));
  expect(play).toHaveBeenCalled();
  expect(screen.getByLabelText<HTMLAudioElement>('Recording of the interview').currentTime).toBeCloseTo(2);
});

it('leads back from an interview that is not there', async () => {
  server.on('GET', '/api/recruiter/sessions/gone', () => problem(404, 'not-found', 'There is no such interview.'));
  open('/recruiter/sessions/gone');
  expect(await screen.findByText('There is no such interview.')).toBeInTheDocument();
  expect(within(screen.getByRole('main')).getByRole('link', { name: 'Positions' })).toHaveAttribute('href', '/recruiter');
});

it('lets a position show candidates how far they are, and says that it is saved', async () => {
  server
    .on('GET', '/api/recruiter/positions/baker/shown-to-candidates', { progress: false, strengths: true })
    .on('PUT', '/api/recruiter/positions/baker/shown-to-candidates', { progress: true, strengths: true });
  const user = open('/recruiter/positions/baker');
  await user.click(await screen.findByRole('tab', { name: 'Candidates see' }));
  await user.click(await screen.findByRole('checkbox', { name: 'How far their interview is' }));
  expect(await screen.findByText('Saved.')).toBeInTheDocument();
  expect(server.requests('PUT', '/api/recruiter/positions/baker/shown-to-candidates')[0]?.body).toEqual({ progress: true, strengths: true });
});

it('shows what speaks against a behaviour beside what speaks for it', async () => {
  open('/recruiter/sessions/s1');
  const behaviour = (await screen.findByText(/^Planned with others/)).closest('li');
  expect(behaviour).not.toBeNull();
  const buttons = within(behaviour ?? document.body).getAllByRole('button').map((button) => button.getAttribute('aria-label'));
  expect(buttons).toEqual([`Play the quote: ${text.slice(14, 46)}`, 'Play the quote: We were late.']);
  expect(screen.getByText('Speaks against it:')).toBeInTheDocument();
  expect(screen.getByText('1 speaks against it').closest('summary')).toHaveTextContent(/^Teamwork/);
});

it('records a decision once and only with its reason, and has no way to reject', async () => {
  server.on('POST', '/api/recruiter/sessions/s1/decisions', (): Answer => ({ status: 201, body: { decision: 'hold', note: 'n', by: 'rita', at: '2026-01-02T03:04:05Z' } }));
  const user = open('/recruiter/sessions/s1');
  await user.click(await screen.findByRole('radio', { name: 'Talk first' }));
  await user.click(screen.getByRole('button', { name: 'Record the decision' }));
  expect(screen.getByText('Choose a decision and write why.')).toBeInTheDocument();
  expect(screen.queryByText(/reject/i)).not.toBeInTheDocument();
  await user.type(screen.getByRole('textbox', { name: 'Why' }), 'One date is unclear.');
  doubleClick(screen.getByRole('button', { name: 'Record the decision' }));
  expect(await screen.findByText('The decision is recorded.')).toBeInTheDocument();
  expect(server.requests('POST', '/api/recruiter/sessions/s1/decisions')).toHaveLength(1);
  expect(server.requests('POST', '/api/recruiter/sessions/s1/decisions')[0]?.body).toEqual({ decision: 'talk_first', note: 'One date is unclear.' });
});

it('refuses a CV that is too large before sending it', async () => {
  const user = open('/recruiter/sessions/s1');
  const big = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'cv.pdf', { type: 'application/pdf' });
  await user.upload(await screen.findByLabelText('Add a CV'), big);
  expect(await screen.findByText(/at most 5 MB are accepted/)).toBeInTheDocument();
  expect(server.requests('PUT', '/api/recruiter/sessions/s1/cv')).toEqual([]);
});

it('keeps product teams out of the recruiters’ pages', async () => {
  server.on('GET', '/api/auth/me', { ...login, user: { username: 'pia', role: 'product' } });
  open('/recruiter');
  expect(await screen.findByRole('heading', { name: 'Not for this login' })).toBeInTheDocument();
});

it('lets a position allow a camera', async () => {
  server
    .on('GET', '/api/recruiter/positions/baker/shown-to-candidates', { progress: false, strengths: true })
    .on('GET', '/api/recruiter/positions/baker/camera', { allowed: false })
    .on('PUT', '/api/recruiter/positions/baker/camera', { allowed: true });
  const user = open('/recruiter/positions/baker');
  await user.click(await screen.findByRole('tab', { name: 'Candidates see' }));
  await user.click(await screen.findByRole('checkbox', { name: 'Candidates may switch their camera on' }));
  expect(await screen.findByText('Saved.')).toBeInTheDocument();
  expect(server.requests('PUT', '/api/recruiter/positions/baker/camera')[0]?.body).toEqual({ allowed: true });
  expect(screen.getByRole('checkbox', { name: 'Candidates may switch their camera on' })).toBeChecked();
});

it('shows what a camera recorded beside the recording, in step with it, and says that it is never scored', async () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
  open('/recruiter/sessions/s1');
  const video = await screen.findByLabelText<HTMLVideoElement>('Camera from 0:03');
  expect(screen.getByText(/never scored\. It moves with the recording/)).toBeInTheDocument();
  const sound = screen.getByLabelText<HTMLAudioElement>('Recording of the interview');
  Object.defineProperty(sound, 'paused', { value: false, configurable: true });
  sound.currentTime = 2;
  sound.dispatchEvent(new Event('seeked'));
  expect(video.currentTime).toBe(0);
  sound.currentTime = 7;
  sound.dispatchEvent(new Event('seeked'));
  expect(video.currentTime).toBe(4);
  expect(play.mock.contexts).toContain(video);
});
