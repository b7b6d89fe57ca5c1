import { expect, it } from 'vitest';

import { journeyStart, reduceJourney, type Invitation, type Joined } from './journey';

const invitation: Invitation = {
  position_title: 'Baker',
  company: 'Crumb & Co',
  candidate_name: 'Ines',
  bank: { question_count: 3, minutes: 4, minutes_typed: 17 },
  consents: { version: 'v2', language: 'en', introduction: [], items: [] },
  modes: ['voice', 'text'],
  mode: null,
  status: 'new',
  agent_available: true,
  retention_days: 90,
  interview_language: 'en',
};
const consents = { interview: true, recording: false };
const joined: Joined = { mode: 'text', session_id: 's4', session_token: 'k4' };

it('begins with the trust page', () => {
  expect(reduceJourney(journeyStart, { type: 'invitation_read', invitation, remembered: null, checking: null }).page).toBe('trust');
});

it('welcomes back a browser that knows what was agreed to, and asks another one again', () => {
  const begun: Invitation = { ...invitation, status: 'in_progress', mode: 'voice' };
  expect(reduceJourney(journeyStart, { type: 'invitation_read', invitation: begun, remembered: consents, checking: null })).toMatchObject({ page: 'welcome_back', mode: 'voice' });
  expect(reduceJourney(journeyStart, { type: 'invitation_read', invitation: begun, remembered: null, checking: null }).page).toBe('trust');
});

it('does not open a used invitation again', () => {
  const over: Invitation = { ...invitation, status: 'completed' };
  expect(reduceJourney(journeyStart, { type: 'invitation_read', invitation: over, remembered: consents, checking: null }).page).toBe('completed');
});

it('keeps the page and says why when joining fails', () => {
  const trust = reduceJourney(journeyStart, { type: 'invitation_read', invitation, remembered: null, checking: null });
  const failed = reduceJourney(reduceJourney(trust, { type: 'joining' }), { type: 'join_failed', error: 'too-many-requests' });
  expect(failed).toMatchObject({ page: 'trust', joining: false, error: 'too-many-requests' });
});

it('goes from a spoken interview on to the typed one', () => {
  const trust = reduceJourney(journeyStart, { type: 'invitation_read', invitation, remembered: null, checking: null });
  const voice: Joined = { ...joined, mode: 'voice', livekit_url: 'ws://x', livekit_token: 't', camera: false, video_avatar: false };
  const talking = reduceJourney(trust, { type: 'joined', joined: voice, consents, microphone_id: null });
  expect(reduceJourney(talking, { type: 'joined', joined, consents, microphone_id: null })).toMatchObject({ page: 'interview', joined: { mode: 'text' } });
});

it('ends only from the interview', () => {
  expect(reduceJourney(journeyStart, { type: 'interview_ended', reason: 'completed' })).toBe(journeyStart);
});

it('stays on its page when the text comes in another language', () => {
  const trust = reduceJourney(journeyStart, { type: 'invitation_read', invitation, remembered: null, checking: null });
  const page = reduceJourney(trust, { type: 'check_devices', consents });
  const german = { ...invitation, consents: { ...invitation.consents, language: 'de' } };
  const translated = reduceJourney(page, { type: 'invitation_translated', invitation: german });
  expect(translated).toMatchObject({ page: 'device_check', consents, invitation: german });
  expect(reduceJourney(journeyStart, { type: 'invitation_translated', invitation: german })).toBe(journeyStart);
});

it('stays with the devices after a reload, unless the text was changed meanwhile or nobody can be talked with', () => {
  const checking = { ...consents, text: { version: 'v2', language: 'de' } };
  const first = (more: Partial<Invitation>) => reduceJourney(journeyStart, { type: 'invitation_read', invitation: { ...invitation, ...more }, remembered: null, checking });
  expect(first({})).toMatchObject({ page: 'device_check', consents: checking });
  expect(first({ agent_available: false }).page).toBe('trust');
  expect(first({ consents: { ...invitation.consents, version: 'v3' } }).page).toBe('trust');
  expect(first({ status: 'in_progress', mode: 'text' }).page).toBe('trust');
});
