import { useCallback, useEffect, useReducer, useRef, useState } from 'react';

import { ApiProblem } from '../../api/client';
import { readSession, sendControl, sendMessage, type SessionView } from '../candidateApi';
import { CONTROL_REST_MS } from '../core/call';
import { newId } from '../core/identifier';
import { parseOutbox, reduceOutbox, retryAfterMs, type Outbox, type Parcel } from '../core/outbox';
import type { Control } from '../core/topics';
import { outboxStore } from '../memory';
import { problemKindOf } from '../problemKind';

export interface Typed {
  readonly view: SessionView | null;
  readonly read_failed: boolean;
  readonly outbox: Outbox;
  readonly offline: boolean;
  say(text: string): void;
  control(control: Control): void;
  reload(): void;
}

function deliver(session_token: string, parcel: Parcel): Promise<SessionView> {
  return parcel.kind === 'message'
    ? sendMessage(session_token, parcel.id, parcel.text, parcel.reply_to)
    : sendControl(session_token, parcel.id, parcel.control, parcel.reply_to);
}

function useOffline(): boolean {
  const [offline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = () => { setOffline(!navigator.onLine); };
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return offline;
}

/** What the page shows as Aila's newest words: an answer is meant for that, whatever another tab has done since. */
function newestOfAila(view: SessionView | null): string | null {
  return view?.turns.findLast((turn) => turn.speaker === 'aila')?.id ?? null;
}

/** The typed interview: what the server knows, and what is still on its way; what it refuses comes back as a draft. */
export function useTyped(session_id: string, session_token: string, onReturned: (text: string) => void): Typed {
  const [view, setView] = useState<SessionView | null>(null);
  const [read_failed, setReadFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [outbox, dispatch] = useReducer(reduceOutbox, null, () => parseOutbox(outboxStore.read(session_id)));
  const offline = useOffline();

  useEffect(() => {
    let current = true;
    readSession(session_token).then(
      (read) => {
        if (!current) return;
        setView(read);
        setReadFailed(false);
      },
      () => { if (current) setReadFailed(true); },
    );
    return () => { current = false; };
  }, [session_token, attempt]);

  useEffect(() => {
    outboxStore.write(session_id, outbox.waiting.length === 0 ? null : JSON.stringify(outbox.waiting));
  }, [session_id, outbox.waiting]);

  const next = outbox.waiting[0];
  const { failures } = outbox;
  useEffect(() => {
    if (next === undefined || offline) return;
    let current = true;
    const timer = setTimeout(() => {
      dispatch({ type: 'sending' });
      deliver(session_token, next).then(
        (answered) => {
          if (!current) return;
          setView(answered);
          dispatch({ type: 'delivered', id: next.id });
        },
        (error: unknown) => {
          if (!current) return;
          const refused = error instanceof ApiProblem && !error.retryable;
          dispatch(refused ? { type: 'refused', id: next.id, problem: problemKindOf(error) } : { type: 'failed' });
          if (!refused) return;
          if (next.kind === 'message') onReturned(next.text);
          // Another tab may have gone on: show where the interview is.
          setAttempt((n) => n + 1);
        },
      );
    }, retryAfterMs(failures));
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [next, failures, offline, session_token, onReturned]);

  const reply_to = newestOfAila(view);
  const say = useCallback((text: string) => {
    dispatch({ type: 'post', parcel: { id: newId(), kind: 'message', text, reply_to } });
  }, [reply_to]);
  const pressed = useRef<{ control: Control; at_ms: number } | null>(null);
  const control = useCallback((wanted: Control) => {
    const at_ms = performance.now();
    const last = pressed.current;
    // The server may answer between the two clicks of a double click.
    if (last?.control === wanted && at_ms - last.at_ms < CONTROL_REST_MS) return;
    pressed.current = { control: wanted, at_ms };
    // To pause or to ask again is never out of date; to skip or to end an answer is.
    const about = wanted === 'skip' || wanted === 'done' ? reply_to : null;
    dispatch({ type: 'post', parcel: { id: newId(), kind: 'control', control: wanted, reply_to: about } });
  }, [reply_to]);
  const reload = useCallback(() => { setAttempt((n) => n + 1); }, []);

  return { view, read_failed, outbox, offline, say, control, reload };
}
