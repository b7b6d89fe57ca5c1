import { answerOf, newClient, type Schemas } from '../api/client';
import type { Consents, Invitation, Joined, Mode } from './core/journey';
import type { Control } from './core/topics';

const client = newClient();

export type SessionView = Schemas['SessionView'];
export type AfterwardsView = Schemas['AfterwardsView'];

function bearer(session_token: string) {
  return { headers: { Authorization: `Bearer ${session_token}` } };
}

export function readInvitation(invite: string): Promise<Invitation> {
  return answerOf(client.GET('/api/candidate/invitation', { params: { query: { invite } } }));
}

/** Starts the interview, or takes it up again where it was. */
export async function join(invite: string, consents: Consents, mode: Mode): Promise<Joined> {
  const joined = await answerOf(client.POST('/api/candidate/join', { body: { invite, consents: { ...consents }, mode } }));
  const { session_id, session_token, livekit_url, livekit_token } = joined;
  if (livekit_url === null || livekit_token === null) return { mode: 'text', session_id, session_token };
  return { mode: 'voice', session_id, session_token, livekit_url, livekit_token };
}

export function readSession(session_token: string): Promise<SessionView> {
  return answerOf(client.GET('/api/candidate/session', bearer(session_token)));
}

export function sendMessage(session_token: string, id: string, text: string): Promise<SessionView> {
  return answerOf(client.POST('/api/candidate/messages', { ...bearer(session_token), body: { id, text } }));
}

export function sendControl(session_token: string, id: string, control: Control): Promise<SessionView> {
  return answerOf(client.POST('/api/candidate/controls', { ...bearer(session_token), body: { id, control } }));
}

export function readStatus(session_token: string): Promise<AfterwardsView> {
  return answerOf(client.GET('/api/candidate/status', bearer(session_token)));
}
