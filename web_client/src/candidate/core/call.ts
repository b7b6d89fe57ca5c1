/** The voice interview as the page knows it: a pure reducer over what the room reports. */

import { withCaption, type Caption } from './captions';
import type { Control, Cue, CueMessage, Milliseconds, Progress } from './topics';

/** Where the connection is; each state carries what only it can know. */
export type Link =
  | { readonly kind: 'connecting' }
  /** In the room, and Aila is not there (yet, or again). */
  | { readonly kind: 'waiting_for_aila'; readonly since_ms: Milliseconds; readonly was_here: boolean }
  | { readonly kind: 'live' }
  | { readonly kind: 'reconnecting'; readonly since_ms: Milliseconds; readonly attempt: number }
  /** Given up, or taken over; only the candidate's tap goes on from here. */
  | { readonly kind: 'lost'; readonly why: 'elsewhere' | 'network' }
  | { readonly kind: 'ended'; readonly reason: string };

export type AgentActivity = 'initializing' | 'idle' | 'listening' | 'thinking' | 'speaking';

/** What may be wrong with the microphone during the call. */
export type MicrophoneTrouble = 'failed' | 'interrupted' | 'unplugged' | 'silent' | null;

export interface PendingControl {
  readonly id: string;
  readonly control: Control;
  /** When the candidate asked for it. */
  readonly pressed_ms: Milliseconds;
  readonly sent_ms: Milliseconds;
  readonly tries: number;
  readonly acknowledged: boolean;
}

export interface Call {
  readonly link: Link;
  readonly activity: AgentActivity;
  readonly progress: Progress | null;
  readonly cue: Cue | null;
  readonly captions: readonly Caption[];
  readonly muted: boolean;
  readonly microphone: MicrophoneTrouble;
  /** The browser refuses to play sound until the candidate taps. */
  readonly sound_blocked: boolean;
  /** What was asked for and has not settled: unanswered, or pressed a moment ago. */
  readonly pending: readonly PendingControl[];
}

export type CallEvent =
  | { readonly type: 'connected'; readonly agent_here: boolean; readonly at_ms: Milliseconds }
  | { readonly type: 'agent_joined' }
  | { readonly type: 'agent_left'; readonly at_ms: Milliseconds }
  | { readonly type: 'agent_activity'; readonly activity: string }
  | { readonly type: 'connection_broken'; readonly at_ms: Milliseconds }
  | { readonly type: 'connection_lost'; readonly why: 'elsewhere' | 'network' }
  | { readonly type: 'caption'; readonly caption: Caption }
  | { readonly type: 'cue_message'; readonly message: CueMessage }
  | { readonly type: 'muted'; readonly muted: boolean }
  | { readonly type: 'microphone'; readonly trouble: MicrophoneTrouble }
  | { readonly type: 'silence'; readonly silent: boolean }
  | { readonly type: 'sound_blocked'; readonly blocked: boolean }
  | { readonly type: 'control_sent'; readonly id: string; readonly control: Control; readonly at_ms: Milliseconds }
  | { readonly type: 'time_passed'; readonly at_ms: Milliseconds };

export const newCall: Call = {
  link: { kind: 'connecting' },
  activity: 'initializing',
  progress: null,
  cue: null,
  captions: [],
  muted: false,
  microphone: null,
  sound_blocked: false,
  pending: [],
};

const activities: readonly string[] = ['initializing', 'idle', 'listening', 'thinking', 'speaking'];

function isActivity(value: string): value is AgentActivity {
  return activities.includes(value);
}

function withCueMessage(call: Call, message: CueMessage): Call {
  switch (message.type) {
    case 'cue':
      return { ...call, cue: message.cue };
    case 'progress':
      return { ...call, progress: message.progress };
    case 'ended':
      return { ...call, link: { kind: 'ended', reason: message.reason } };
    case 'control_ack':
      return { ...call, pending: call.pending.map((p) => (p.id === message.id ? { ...p, acknowledged: true } : p)) };
    case 'alive':
      return call;
    default:
      return assertNever(message);
  }
}

function withControlSent(call: Call, event: Extract<CallEvent, { type: 'control_sent' }>): Call {
  const before = call.pending.find((p) => p.id === event.id);
  const entry = {
    id: event.id,
    control: event.control,
    pressed_ms: before?.pressed_ms ?? event.at_ms,
    sent_ms: event.at_ms,
    tries: (before?.tries ?? 0) + 1,
    acknowledged: before?.acknowledged ?? false,
  };
  return { ...call, pending: [...call.pending.filter((p) => p.id !== event.id), entry] };
}

/** The next state of the call; one that has ended stays so. */
export function reduceCall(call: Call, event: CallEvent): Call {
  if (call.link.kind === 'ended') return call;
  switch (event.type) {
    case 'connected':
      return {
        ...call,
        link: event.agent_here
          ? { kind: 'live' }
          : { kind: 'waiting_for_aila', since_ms: event.at_ms, was_here: call.progress !== null },
      };
    case 'agent_joined':
      return call.link.kind === 'waiting_for_aila' ? { ...call, link: { kind: 'live' } } : call;
    case 'agent_left':
      return {
        ...call,
        activity: 'initializing',
        link: call.link.kind === 'live' ? { kind: 'waiting_for_aila', since_ms: event.at_ms, was_here: true } : call.link,
      };
    case 'agent_activity':
      return isActivity(event.activity) ? { ...call, activity: event.activity } : call;
    case 'connection_broken':
      return { ...call, link: broken(call.link, event.at_ms) };
    case 'connection_lost':
      return { ...call, link: { kind: 'lost', why: event.why } };
    case 'caption':
      return { ...call, captions: withCaption(call.captions, event.caption) };
    case 'cue_message':
      return withCueMessage(call, event.message);
    case 'muted':
      return { ...call, muted: event.muted };
    case 'microphone':
      return { ...call, microphone: event.trouble };
    case 'silence':
      return { ...call, microphone: afterSilence(call.microphone, event.silent) };
    case 'sound_blocked':
      return { ...call, sound_blocked: event.blocked };
    case 'control_sent':
      return withControlSent(call, event);
    case 'time_passed': {
      const pending = call.pending.filter((p) => !settled(p, event.at_ms));
      return pending.length === call.pending.length ? call : { ...call, pending };
    }
    default:
      return assertNever(event);
  }
}

/** A sound proves a microphone right that was silent or new; silence never hides a graver trouble. */
function afterSilence(before: MicrophoneTrouble, silent: boolean): MicrophoneTrouble {
  if (silent) return before ?? 'silent';
  return before === 'silent' || before === 'unplugged' ? null : before;
}

function broken(link: Link, at_ms: Milliseconds): Link {
  if (link.kind === 'reconnecting') return { ...link, attempt: link.attempt + 1 };
  return { kind: 'reconnecting', since_ms: at_ms, attempt: 1 };
}

/** How long a control may go without an answer before it is sent again, and how often at most. */
export const CONTROL_RETRY_MS: Milliseconds = 2_000;
export const CONTROL_TRIES = 5;

/** For how long a second press counts as part of the first: Aila's answer may come between the two clicks of a double click. */
export const CONTROL_REST_MS: Milliseconds = 1_000;

/** Answered and rested, or given up: the button may be pressed again. */
function settled(p: PendingControl, now_ms: Milliseconds): boolean {
  if (p.acknowledged) return now_ms - p.pressed_ms >= CONTROL_REST_MS;
  return p.tries >= CONTROL_TRIES && now_ms - p.sent_ms >= CONTROL_RETRY_MS;
}

/** The controls that should be sent again now. */
export function unanswered(call: Call, now_ms: Milliseconds): readonly PendingControl[] {
  if (call.link.kind !== 'live') return [];
  return call.pending.filter((p) => !p.acknowledged && p.tries < CONTROL_TRIES && now_ms - p.sent_ms >= CONTROL_RETRY_MS);
}

/** Whether a control was asked for and has not settled; pressing it again then changes nothing. */
export function isPending(call: Call, control: Control): boolean {
  return call.pending.some((p) => p.control === control);
}

/** Whether a silent microphone would mean that something is wrong with it: the candidate has the floor and Aila is quiet. */
export function expectsSpeech(call: Call): boolean {
  if (call.link.kind !== 'live' || call.muted || call.activity === 'speaking') return false;
  return call.progress?.floor === 'candidate' && !call.progress.paused;
}

/** Whether "I'm done" would end nothing: Aila welcomes, explains or asks. */
export function hasNothingToEnd(call: Call): boolean {
  return call.link.kind === 'live' && call.activity === 'speaking' && call.progress?.floor !== 'candidate';
}

export type Pose = 'idle' | 'listening' | 'thinking' | 'speaking' | 'waiting';

/** How Aila should look. Between her words and the candidate's she waits; she listens while the floor is theirs. */
export function pose(call: Call): Pose {
  if (call.link.kind !== 'live') return 'idle';
  if (call.progress?.paused === true) return 'waiting';
  if (call.activity === 'speaking' || call.activity === 'thinking') return call.activity;
  if (call.progress?.floor === 'candidate' || call.activity === 'listening') return 'listening';
  return 'idle';
}

export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
