import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';

import { ApiProblem } from '../../api/client';
import { join } from '../candidateApi';
import { isPending, newCall, reduceCall, unanswered, type Call, type CallEvent } from '../core/call';
import { newId } from '../core/identifier';
import type { Consents, Joined } from '../core/journey';
import type { Control } from '../core/topics';
import type { CallTracks, RoomCall } from './room';

type VoiceJoined = Extract<Joined, { mode: 'voice' }>;

export interface CallOptions {
  readonly invite: string;
  readonly consents: Consents;
  readonly joined: VoiceJoined;
  readonly microphone_id: string | null;
}

export interface CallControls {
  readonly call: Call;
  readonly tracks: CallTracks;
  /** Asks Aila for something; false while the same is already on its way to her. */
  control(control: Control): boolean;
  setMuted(muted: boolean): void;
  startSound(): void;
  /** Whether Aila's video is seen; her voice is heard from there then. */
  showVideo(shown: boolean): void;
  reconnect(): void;
  noteSilence(silent: boolean): void;
}

const RECONNECT_AFTER_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000];
export const LAST_WORDS_MS = 1_500;
const noTracks: CallTracks = { aila: null, microphone: null, face: null };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a failed attempt to come back means: `over` if the interview was finished meanwhile. */
function meaningOf(error: unknown): 'over' | 'again' {
  return error instanceof ApiProblem && !error.retryable ? 'over' : 'again';
}

/** Keeps one candidate in their call: enters, comes back after a break, gives up in words. */
class Caller {
  private room: RoomCall | null = null;
  private closed = false;
  private muted = false;
  /** Entering, or trying to: a failed attempt is also reported as a lost room, and must not begin another. */
  private entering = false;

  constructor(
    private readonly options: CallOptions,
    private readonly report: (event: CallEvent) => void,
    private readonly onTracks: (tracks: CallTracks) => void,
  ) {}

  async start(): Promise<void> {
    this.entering = true;
    try {
      await this.enter(this.options.joined);
    } catch {
      await this.tryAgain();
    } finally {
      this.entering = false;
    }
  }

  async comeBack(): Promise<void> {
    if (this.entering) return;
    this.entering = true;
    try {
      await this.tryAgain();
    } finally {
      this.entering = false;
    }
  }

  private async tryAgain(): Promise<void> {
    for (const wait_ms of RECONNECT_AFTER_MS) {
      if (this.closed) return;
      this.report({ type: 'connection_broken', at_ms: performance.now() });
      await pause(wait_ms);
      try {
        const joined = await join(this.options.invite, this.options.consents, 'voice');
        if (joined.mode === 'voice') await this.enter(joined);
        return;
      } catch (error) {
        if (meaningOf(error) === 'over') {
          this.end();
          return;
        }
      }
    }
    if (!this.closed) this.report({ type: 'connection_lost', why: 'network' });
  }

  send(control: Control, id: string): void {
    this.report({ type: 'control_sent', control, id, at_ms: performance.now() });
    // A control that does not get through is sent again by the timer, with the same id.
    void this.room?.sendControl(control, id).catch(() => undefined);
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    this.report({ type: 'muted', muted });
    void this.room?.setMuted(muted).catch(() => { this.report({ type: 'microphone', trouble: 'failed' }); });
  }

  startSound(): void {
    void this.room?.startSound().catch(() => undefined);
  }

  showVideo(shown: boolean): void {
    this.room?.showVideo(shown);
  }

  close(): void {
    this.closed = true;
    void this.room?.close();
  }

  private end(): void {
    if (!this.closed) this.report({ type: 'cue_message', message: { type: 'ended', reason: 'finished' } });
  }

  private async enter(joined: VoiceJoined): Promise<void> {
    const { RoomCall } = await import('./room');
    if (this.closed) return;
    await this.room?.close();
    const room = new RoomCall({
      report: (event) => { if (this.room === room) this.report(event); },
      tracks: (tracks) => { if (this.room === room) this.onTracks(tracks); },
      dropped: (why) => { if (this.room === room) this.dropped(why); },
    }, joined.video_avatar);
    this.room = room;
    await room.connect(joined.livekit_url, joined.livekit_token, this.options.microphone_id, this.muted);
    if (this.closed) await room.close();
  }

  private dropped(why: 'elsewhere' | 'network'): void {
    if (this.closed || this.entering) return;
    if (why === 'elsewhere') this.report({ type: 'connection_lost', why });
    else void this.comeBack();
  }
}

/** The call as state and actions; it begins when the page is shown and ends when it is left. */
export function useCall(options: CallOptions): CallControls {
  const [call, report] = useReducer(reduceCall, newCall);
  const [tracks, setTracks] = useState<CallTracks>(noTracks);
  const caller = useRef<Caller | null>(null);
  const { invite, consents, joined, microphone_id } = options;

  useEffect(() => {
    const now = new Caller({ invite, consents, joined, microphone_id }, report, setTracks);
    caller.current = now;
    void now.start();
    return () => { now.close(); };
  }, [invite, consents, joined, microphone_id]);

  const latest = useRef(call);
  useLayoutEffect(() => { latest.current = call; }, [call]);
  const pending = call.pending.length > 0;
  useEffect(() => {
    if (!pending) return;
    const timer = setInterval(() => {
      const at_ms = performance.now();
      for (const p of unanswered(latest.current, at_ms)) caller.current?.send(p.control, p.id);
      report({ type: 'time_passed', at_ms });
    }, 250);
    return () => { clearInterval(timer); };
  }, [pending]);

  useEffect(() => {
    if (call.link.kind !== 'ended') return;
    // Her last syllables are still on their way when the end is announced.
    const timer = setTimeout(() => { caller.current?.close(); }, LAST_WORDS_MS);
    return () => { clearTimeout(timer); };
  }, [call.link.kind]);

  const control = useCallback((wanted: Control) => {
    if (caller.current === null || isPending(latest.current, wanted)) return false;
    caller.current.send(wanted, newId());
    return true;
  }, []);
  const setMuted = useCallback((muted: boolean) => { caller.current?.setMuted(muted); }, []);
  const startSound = useCallback(() => { caller.current?.startSound(); }, []);
  const showVideo = useCallback((shown: boolean) => { caller.current?.showVideo(shown); }, []);
  const reconnect = useCallback(() => { void caller.current?.comeBack(); }, []);
  const noteSilence = useCallback((silent: boolean) => {
    report({ type: 'silence', silent });
  }, []);

  return { call, tracks, control, setMuted, startSound, showVideo, reconnect, noteSilence };
}
