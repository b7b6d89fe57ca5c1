import { answerOf, newClient, type Schemas } from '../api/client';
import type { Consents, Invitation, Joined, Mode, Receipt } from './core/journey';
import type { Control } from './core/topics';

const client = newClient();

export type SessionView = Schemas['SessionView'];
export type OwnAnswers = Schemas['OwnAnswersView'];
export type AfterwardsView = Schemas['AfterwardsView'];
export type Strengths = Schemas['StrengthsView'];
export type Feedback = Schemas['FeedbackRequest'];
export type Amendment =
  | Schemas['CorrectRequest']
  | Schemas['AddRequest']
  | Schemas['WithdrawRequest']
  | Schemas['UndoRequest']
  | Schemas['CloseRequest'];

function bearer(session_token: string) {
  return { headers: { Authorization: `Bearer ${session_token}` } };
}

/** What the candidate is invited to; the text to agree to in `language` (BCP 47) where it is there. */
export function readInvitation(invite: string, language: string): Promise<Invitation> {
  return answerOf(client.GET('/api/candidate/invitation', { params: { query: { invite, language } } }));
}

/** Starts the interview, or takes it up again where it was. */
export async function join(invite: string, consents: Consents, mode: Mode): Promise<Joined> {
  const { text, ...given } = consents;
  const body = { invite, consents: { ...given, camera: given.camera ?? false }, mode, consent_text: text ?? null };
  const joined = await answerOf(client.POST('/api/candidate/join', { body }));
  const { session_id, session_token, livekit_url, livekit_token, camera, video_avatar } = joined;
  if (livekit_url === null || livekit_token === null) return { mode: 'text', session_id, session_token };
  return { mode: 'voice', session_id, session_token, livekit_url, livekit_token, camera, video_avatar };
}

/** The way into an empty room, to try whether calls get through. */
export function wayToCheck(invite: string): Promise<Schemas['CheckResponse']> {
  return answerOf(client.POST('/api/candidate/connection-check', { body: { invite } }));
}

/** The words in a sound of a few seconds; nothing of it is stored. */
export function hearSentence(invite: string, pcm: ArrayBuffer, final: boolean): Promise<Schemas['HeardSentence']> {
  return answerOf(
    client.POST('/api/candidate/spoken-sentence', {
      params: { query: { invite, final } },
      headers: { 'Content-Type': 'audio/l16' },
      body: '',
      bodySerializer: () => pcm,
    }),
  );
}

export function readSession(session_token: string): Promise<SessionView> {
  return answerOf(client.GET('/api/candidate/session', bearer(session_token)));
}

export function sendMessage(session_token: string, id: string, text: string, reply_to: string | null): Promise<SessionView> {
  return answerOf(client.POST('/api/candidate/messages', { ...bearer(session_token), body: { id, text, reply_to } }));
}

export function sendControl(session_token: string, id: string, control: Control, reply_to: string | null): Promise<SessionView> {
  return answerOf(client.POST('/api/candidate/controls', { ...bearer(session_token), body: { id, control, reply_to } }));
}

export function readStatus(session_token: string): Promise<AfterwardsView> {
  return answerOf(client.GET('/api/candidate/status', bearer(session_token)));
}

/** Opens an interview that is over again; returns its session token. */
export async function returnToInterview(invite: string): Promise<string> {
  return (await answerOf(client.POST('/api/candidate/return', { body: { invite } }))).session_token;
}

export function readOwnAnswers(session_token: string): Promise<OwnAnswers> {
  return answerOf(client.GET('/api/candidate/answers', bearer(session_token)));
}

/** Changes an answer; returns all of them as they are then. */
export function amendAnswers(session_token: string, amendment: Amendment): Promise<OwnAnswers> {
  return answerOf(client.POST('/api/candidate/amendments', { ...bearer(session_token), body: amendment }));
}

export function giveFeedback(session_token: string, feedback: Feedback): Promise<Schemas['FeedbackView']> {
  return answerOf(client.POST('/api/candidate/feedback', { ...bearer(session_token), body: feedback }));
}

export function readStrengths(session_token: string): Promise<Strengths> {
  return answerOf(client.GET('/api/candidate/strengths', bearer(session_token)));
}

export function readOwnRecording(session_token: string): Promise<Blob> {
  return answerOf(client.GET('/api/candidate/recording', { ...bearer(session_token), parseAs: 'blob' })) as Promise<Blob>;
}

export function exportOwnData(session_token: string): Promise<Blob> {
  return answerOf(client.GET('/api/candidate/export', { ...bearer(session_token), parseAs: 'blob' })) as Promise<Blob>;
}

export function askForHumanReview(session_token: string, note: string): Promise<Schemas['HumanReviewView']> {
  return answerOf(client.POST('/api/candidate/human-review', { ...bearer(session_token), body: { note } }));
}

export function eraseInterview(session_token: string): Promise<Receipt> {
  return answerOf(client.DELETE('/api/candidate/interview', bearer(session_token)));
}
