import { describe, expect, it } from 'vitest';

import { expectsSpeech, hasNothingToEnd, isPending, newCall, pose, reduceCall, unanswered, type Call, type CallEvent } from './call';
import type { Progress } from './topics';

const progress: Progress = {
  phase: 'questions',
  question_id: 'q3',
  question_text: 'Tell me about a plan of yours that failed.',
  question_number: 3,
  question_count: 8,
  minutes_left: 9,
  floor: 'candidate',
  paused: false,
};

function after(...events: CallEvent[]): Call {
  return events.reduce(reduceCall, newCall);
}

const live: CallEvent = { type: 'connected', agent_here: true, at_ms: 10 };
const told: CallEvent = { type: 'cue_message', message: { type: 'progress', progress } };

describe('the connection', () => {
  it('waits for Aila when the room is entered before she is there', () => {
    const call = after({ type: 'connected', agent_here: false, at_ms: 70 });
    expect(call.link).toEqual({ kind: 'waiting_for_aila', since_ms: 70, was_here: false });
    expect(reduceCall(call, { type: 'agent_joined' }).link).toEqual({ kind: 'live' });
  });

  it('says that Aila was here before when she is lost in the middle', () => {
    expect(after(live, told, { type: 'agent_left', at_ms: 90 }).link).toEqual({ kind: 'waiting_for_aila', since_ms: 90, was_here: true });
  });

  it('counts attempts and keeps the time of the first break', () => {
    const call = after(live, { type: 'connection_broken', at_ms: 100 }, { type: 'connection_broken', at_ms: 900 });
    expect(call.link).toEqual({ kind: 'reconnecting', since_ms: 100, attempt: 2 });
  });

  it('keeps captions and progress through a break', () => {
    const said: CallEvent = { type: 'caption', caption: { segment_id: 'c1', speaker: 'candidate', text: 'I planned', final: true } };
    const call = after(live, told, said, { type: 'connection_broken', at_ms: 100 }, live);
    expect(call.link.kind).toBe('live');
    expect(call.progress).toEqual(progress);
    expect(call.captions).toHaveLength(1);
  });

  it('stays ended whatever comes later', () => {
    const ended = after(live, { type: 'cue_message', message: { type: 'ended', reason: 'completed' } });
    expect(reduceCall(ended, { type: 'connection_broken', at_ms: 5 })).toBe(ended);
  });
});

describe('the controls', () => {
  const sent: CallEvent = { type: 'control_sent', id: 'k1', control: 'repeat', at_ms: 1_000 };
  const answered: CallEvent = { type: 'cue_message', message: { type: 'control_ack', id: 'k1' } };

  it('are sent again after two seconds without an answer, with the same id', () => {
    const call = after(live, sent);
    expect(unanswered(call, 2_999)).toEqual([]);
    expect(unanswered(call, 3_000).map((p) => p.id)).toEqual(['k1']);
  });

  it('are given up after five tries, and may then be pressed again', () => {
    const call = after(live, sent, sent, sent, sent, sent);
    expect(unanswered(call, 60_000)).toEqual([]);
    expect(isPending(call, 'repeat')).toBe(true);
    expect(isPending(reduceCall(call, { type: 'time_passed', at_ms: 3_000 }), 'repeat')).toBe(false);
  });

  it('are not sent while the connection is broken', () => {
    expect(unanswered(after(live, sent, { type: 'connection_broken', at_ms: 1_500 }), 9_000)).toEqual([]);
  });

  it('are not sent again once Aila has answered', () => {
    expect(unanswered(after(live, sent, answered), 9_000)).toEqual([]);
  });

  it('take the second click of a double click for the first, however fast Aila answers', () => {
    const call = after(live, sent, answered);
    expect(isPending(reduceCall(call, { type: 'time_passed', at_ms: 1_999 }), 'repeat')).toBe(true);
    expect(isPending(reduceCall(call, { type: 'time_passed', at_ms: 2_000 }), 'repeat')).toBe(false);
  });

  it('stay pending for as long as Aila has not answered', () => {
    expect(isPending(after(live, sent, { type: 'time_passed', at_ms: 8_000 }), 'repeat')).toBe(true);
  });

  it('leave the other controls free', () => {
    expect(isPending(after(live, sent), 'skip')).toBe(false);
  });
});

describe('Aila’s pose', () => {
  it('listens while the floor is the candidate’s, even when the agent only says that it is idle', () => {
    expect(pose(after(live, told, { type: 'agent_activity', activity: 'idle' }))).toBe('listening');
  });

  it('waits while the interview is paused', () => {
    const paused: CallEvent = { type: 'cue_message', message: { type: 'progress', progress: { ...progress, paused: true } } };
    expect(pose(after(live, paused))).toBe('waiting');
  });

  it('speaks when she speaks, and is calm while the connection is broken', () => {
    const speaking = after(live, told, { type: 'agent_activity', activity: 'speaking' });
    expect(pose(speaking)).toBe('speaking');
    expect(pose(reduceCall(speaking, { type: 'connection_broken', at_ms: 1 }))).toBe('idle');
  });

  it('ignores an activity it does not know', () => {
    expect(after(live, { type: 'agent_activity', activity: 'dancing' }).activity).toBe('initializing');
  });
});

describe('the microphone', () => {
  it('may be silent while Aila speaks, while paused and while muted', () => {
    const listening = after(live, told);
    expect(expectsSpeech(listening)).toBe(true);
    expect(expectsSpeech(reduceCall(listening, { type: 'agent_activity', activity: 'speaking' }))).toBe(false);
    expect(expectsSpeech(reduceCall(listening, { type: 'muted', muted: true }))).toBe(false);
    const paused: CallEvent = { type: 'cue_message', message: { type: 'progress', progress: { ...progress, paused: true } } };
    expect(expectsSpeech(reduceCall(listening, paused))).toBe(false);
  });

  it('never lets silence hide that the browser refused it', () => {
    const call = after(live, { type: 'microphone', trouble: 'failed' }, { type: 'silence', silent: true });
    expect(call.microphone).toBe('failed');
  });

  it('is right again as soon as something is heard', () => {
    const silent = after(live, { type: 'silence', silent: true });
    expect(silent.microphone).toBe('silent');
    expect(reduceCall(silent, { type: 'silence', silent: false }).microphone).toBeNull();
  });
});

describe('“I’m done”', () => {
  const speaking: CallEvent = { type: 'agent_activity', activity: 'speaking' };
  const her: CallEvent = { type: 'cue_message', message: { type: 'progress', progress: { ...progress, floor: 'aila' } } };

  it('ends nothing while Aila welcomes or asks', () => {
    expect(hasNothingToEnd(after(live, speaking))).toBe(true);
    expect(hasNothingToEnd(after(live, her, speaking))).toBe(true);
  });

  it('ends an answer while the floor is the candidate’s', () => {
    expect(hasNothingToEnd(after(live, told, speaking))).toBe(false);
    expect(hasNothingToEnd(after(live, her))).toBe(false);
  });
});
