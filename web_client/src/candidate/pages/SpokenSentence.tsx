import { useEffect, useRef, useState } from 'react';

import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import { hearSentence } from '../candidateApi';
import { SENTENCES, understandingOf, type Understanding } from '../core/spokenSentence';
import { captureSound, type Capture } from '../sound/captureSound';

const LOOK_EVERY_MS = 1_200;
const LONGEST_S = 11;
const tones: Readonly<Record<Understanding, 'good' | 'caution'>> = { good: 'good', fair: 'caution', poor: 'caution', nothing: 'caution' };

type State =
  | { readonly kind: 'untried' }
  | { readonly kind: 'listening'; readonly heard: string }
  | { readonly kind: 'understanding'; readonly heard: string }
  | { readonly kind: 'done'; readonly heard: string; readonly understanding: Understanding }
  | { readonly kind: 'failed' };

interface SpokenSentenceProps {
  invite: string;
  track: MediaStreamTrack;
}

/** A sentence is read aloud, and the candidate sees what Aila would understand; nothing of it is stored. */
export function SpokenSentence({ invite, track }: SpokenSentenceProps) {
  const t = useMessages().sentence;
  const [number, setNumber] = useState(0);
  const sentence = SENTENCES[number % SENTENCES.length] ?? SENTENCES[0];
  const { state, listen, stop, forget } = useSentence(invite, track, sentence);
  const listening = state.kind === 'listening';
  const heard = 'heard' in state ? state.heard : '';
  return (
    <section className="card stack" aria-labelledby="sentence-title">
      <h2 id="sentence-title">{t.title}</h2>
      <p className="muted">{t.lead} {t.optional}</p>
      <blockquote className="sentence-to-read" lang="en">{sentence}</blockquote>
      <div className="row">
        {listening ? (
          <Button icon="check" onClick={stop}>{t.stop}</Button>
        ) : (
          <Button icon="mic" pending={state.kind === 'understanding'} onClick={listen}>
            {state.kind === 'understanding' ? t.understanding : state.kind === 'untried' ? t.listen : t.again}
          </Button>
        )}
        <Button
          kind="quiet"
          disabled={listening || state.kind === 'understanding'}
          onClick={() => {
            forget();
            setNumber(number + 1);
          }}
        >
          {t.another}
        </Button>
      </div>
      {listening && <p className="muted">{t.listening}</p>}
      {heard !== '' && <p>{t.heard} <q lang="en">{heard}</q></p>}
      <div role="status">
        {state.kind === 'done' && <Notice tone={tones[state.understanding]}>{t[state.understanding]}</Notice>}
        {state.kind === 'failed' && <Notice tone="caution">{t.failed}</Notice>}
      </div>
    </section>
  );
}

/** Listens, looks every now and then at what was understood so far, and judges at the end. */
function useSentence(invite: string, track: MediaStreamTrack, sentence: string) {
  const [state, setState] = useState<State>({ kind: 'untried' });
  const capture = useRef<Capture | null>(null);
  // A late answer to an earlier attempt, or to a page that was left, changes nothing.
  const attempt = useRef(0);

  const letGo = () => {
    capture.current?.stop();
    capture.current = null;
  };
  useEffect(
    () => () => {
      attempt.current += 1;
      letGo();
    },
    [track],
  );

  const finish = async (mine: number) => {
    const taken = capture.current;
    if (taken === null) return;
    letGo();
    setState((before) => ({ kind: 'understanding', heard: 'heard' in before ? before.heard : '' }));
    try {
      const { text } = await hearSentence(invite, await taken.pcm(), true);
      if (attempt.current === mine) setState({ kind: 'done', heard: text ?? '', understanding: understandingOf(sentence, text ?? '') });
    } catch {
      if (attempt.current === mine) setState({ kind: 'failed' });
    }
  };

  const look = async (mine: number) => {
    const taken = capture.current;
    if (taken === null || attempt.current !== mine) return;
    if (taken.seconds >= LONGEST_S) {
      await finish(mine);
      return;
    }
    try {
      const { text } = await hearSentence(invite, await taken.pcm(), false);
      if (attempt.current !== mine || capture.current === null) return;
      if (text !== null) setState({ kind: 'listening', heard: text });
      if (text !== null && understandingOf(sentence, text) === 'good' && endsAlike(sentence, text)) {
        await finish(mine);
        return;
      }
    } catch {
      // The next look, or the last, may do better.
    }
    setTimeout(() => void look(mine), LOOK_EVERY_MS);
  };

  const listen = async () => {
    attempt.current += 1;
    const mine = attempt.current;
    letGo();
    setState({ kind: 'listening', heard: '' });
    try {
      const taken = await captureSound(track);
      if (attempt.current !== mine) {
        taken.stop();
        return;
      }
      capture.current = taken;
      setTimeout(() => void look(mine), LOOK_EVERY_MS);
    } catch {
      if (attempt.current === mine) setState({ kind: 'failed' });
    }
  };

  return {
    state,
    listen: () => void listen(),
    stop: () => void finish(attempt.current),
    forget: () => { setState({ kind: 'untried' }); },
  };
}

/** Whether the sentence has come to its end, so that nobody has to press a button. */
function endsAlike(sentence: string, heard: string): boolean {
  const last = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.at(-1);
  return last(sentence) === last(heard);
}
