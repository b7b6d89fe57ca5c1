/** The candidate's way through the pages, as a union of states and a pure reducer. */

import type { ProblemKind } from '../problemKind';
import { assertNever } from './call';

export type Mode = 'voice' | 'text';
export type InvitationProblem = 'expired' | 'forged' | 'revoked' | 'erased' | 'unreachable' | 'busy' | 'other';

export interface Consents {
  readonly interview: boolean;
  readonly recording: boolean;
  /** To be filmed while the camera is on; asked only where the position allows it. */
  readonly camera?: boolean;
  /** The text that was read and agreed to; unset where this browser did not keep which. */
  readonly text?: { readonly version: string; readonly language: string };
}

export interface ConsentItem {
  readonly id: 'interview' | 'recording' | 'camera';
  readonly required: boolean;
  readonly title: string;
  readonly body: string;
  readonly without_it: string;
}

/** What the candidate's pages need of an invitation. */
export interface Invitation {
  readonly position_title: string;
  readonly company: string;
  readonly candidate_name: string;
  readonly bank: { readonly question_count: number; readonly minutes: number; readonly minutes_typed: number };
  readonly consents: { readonly version: string; readonly language: string; readonly introduction: readonly string[]; readonly items: readonly ConsentItem[] };
  readonly modes: readonly Mode[];
  readonly mode: Mode | null;
  readonly status: 'new' | 'in_progress' | 'completed';
  readonly agent_available: boolean;
  readonly retention_days: number;
  /** BCP 47. */
  readonly interview_language: string;
}

/** What joining gave: a way into the session, and into the call if it is spoken. */
export type Joined =
  | { readonly mode: 'voice'; readonly session_id: string; readonly session_token: string; readonly livekit_url: string; readonly livekit_token: string; readonly camera: boolean; readonly video_avatar: boolean }
  | { readonly mode: 'text'; readonly session_id: string; readonly session_token: string };

/** That everything was deleted: a number, when, and how many of what. */
export interface Receipt {
  readonly receipt: string;
  readonly erased_at: string;
  readonly erased: Readonly<Record<string, number>>;
}

/** `error` is what went wrong, as a kind of problem; its words are the pages'. */
export type Journey =
  | { readonly page: 'loading' }
  | { readonly page: 'refused'; readonly problem: InvitationProblem; readonly detail: string | null }
  | { readonly page: 'completed'; readonly invitation: Invitation; readonly error: ProblemKind | null; readonly joining: boolean }
  | { readonly page: 'trust'; readonly invitation: Invitation; readonly error: ProblemKind | null; readonly joining: boolean }
  /** In progress, and this browser knows what was agreed to. */
  | { readonly page: 'welcome_back'; readonly invitation: Invitation; readonly consents: Consents; readonly mode: Mode; readonly error: ProblemKind | null; readonly joining: boolean }
  | { readonly page: 'device_check'; readonly invitation: Invitation; readonly consents: Consents; readonly error: ProblemKind | null; readonly joining: boolean }
  | { readonly page: 'interview'; readonly invitation: Invitation; readonly consents: Consents; readonly joined: Joined; readonly microphone_id: string | null }
  | { readonly page: 'afterwards'; readonly invitation: Invitation; readonly session_token: string; readonly reason: string }
  /** Nothing is left but the receipt. */
  | { readonly page: 'erased'; readonly receipt: Receipt };

export type JourneyEvent =
  /** `checking` is what this tab had agreed to when it went on to the devices. */
  | { readonly type: 'invitation_read'; readonly invitation: Invitation; readonly remembered: Consents | null; readonly checking: Consents | null }
  /** The same invitation, its text in another language. */
  | { readonly type: 'invitation_translated'; readonly invitation: Invitation }
  | { readonly type: 'invitation_refused'; readonly problem: InvitationProblem; readonly detail: string | null }
  | { readonly type: 'check_devices'; readonly consents: Consents }
  | { readonly type: 'back_to_trust' }
  | { readonly type: 'joining' }
  | { readonly type: 'join_failed'; readonly error: ProblemKind }
  | { readonly type: 'joined'; readonly joined: Joined; readonly consents: Consents; readonly microphone_id: string | null }
  | { readonly type: 'interview_ended'; readonly reason: string }
  /** The link of an interview that is over was opened again. */
  | { readonly type: 'returned'; readonly session_token: string }
  | { readonly type: 'erased'; readonly receipt: Receipt };

export const journeyStart: Journey = { page: 'loading' };

function firstPage(invitation: Invitation, remembered: Consents | null, checking: Consents | null): Journey {
  if (invitation.status === 'completed') return { page: 'completed', invitation, error: null, joining: false };
  if (invitation.status === 'in_progress' && remembered !== null && invitation.mode !== null) {
    return { page: 'welcome_back', invitation, consents: remembered, mode: invitation.mode, error: null, joining: false };
  }
  const sameText = checking?.text?.version === invitation.consents.version;
  if (invitation.status === 'new' && invitation.agent_available && checking !== null && sameText) {
    return { page: 'device_check', invitation, consents: checking, error: null, joining: false };
  }
  return { page: 'trust', invitation, error: null, joining: false };
}

/** The next page; an event that does not belong to the present one changes nothing. */
export function reduceJourney(journey: Journey, event: JourneyEvent): Journey {
  switch (event.type) {
    case 'invitation_read':
      return firstPage(event.invitation, event.remembered, event.checking);
    case 'invitation_translated':
      return 'invitation' in journey ? { ...journey, invitation: event.invitation } : journey;
    case 'invitation_refused':
      return { page: 'refused', problem: event.problem, detail: event.detail };
    case 'check_devices':
      if (journey.page !== 'trust' && journey.page !== 'welcome_back') return journey;
      return { page: 'device_check', invitation: journey.invitation, consents: event.consents, error: null, joining: false };
    case 'back_to_trust':
      if (journey.page !== 'device_check' && journey.page !== 'welcome_back') return journey;
      return { page: 'trust', invitation: journey.invitation, error: null, joining: false };
    case 'joining':
      return mayJoin(journey) ? { ...journey, error: null, joining: true } : journey;
    case 'join_failed':
      return mayJoin(journey) ? { ...journey, error: event.error, joining: false } : journey;
    case 'joined':
      if (!mayJoin(journey) && journey.page !== 'interview') return journey;
      return {
        page: 'interview',
        invitation: journey.invitation,
        consents: event.consents,
        joined: event.joined,
        microphone_id: event.microphone_id,
      };
    case 'interview_ended':
      if (journey.page !== 'interview') return journey;
      return {
        page: 'afterwards',
        invitation: journey.invitation,
        session_token: journey.joined.session_token,
        reason: event.reason,
      };
    case 'returned':
      if (journey.page !== 'completed') return journey;
      return { page: 'afterwards', invitation: journey.invitation, session_token: event.session_token, reason: 'returned' };
    case 'erased':
      return journey.page === 'afterwards' ? { page: 'erased', receipt: event.receipt } : journey;
    default:
      return assertNever(event);
  }
}

type JoiningPage = Extract<Journey, { joining: boolean }>;

function mayJoin(journey: Journey): journey is JoiningPage {
  return journey.page === 'trust' || journey.page === 'welcome_back' || journey.page === 'device_check' || journey.page === 'completed';
}
