import { useEffect, useRef, useState } from 'react';

import { Button } from '../design/Button';
import { usePrefersReducedMotion } from '../design/usePrefersReducedMotion';
import { AvatarStage } from './AvatarStage';
import { PERSONA_IDS } from './personas';
import { AVATAR_STATES, type AvatarState } from './pose';

const CUES = ['nod', 'encourage'] as const;

interface Playback {
  readonly context: AudioContext;
  readonly source: AudioBufferSourceNode;
  readonly track: MediaStreamTrack;
  readonly element: HTMLAudioElement;
}

/** Plays a sound file on a track of its own, as the call plays Aila's voice: heard from an element, read beside it. */
async function play(file: File, onEnd: () => void): Promise<Playback> {
  const context = new AudioContext();
  const buffer = await context.decodeAudioData(await file.arrayBuffer());
  const out = context.createMediaStreamDestination();
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(out);
  source.onended = onEnd;
  const element = new Audio();
  element.srcObject = out.stream;
  await element.play();
  const [track] = out.stream.getAudioTracks();
  if (track === undefined) throw new Error('the browser gave no audio track');
  return { context, source, track, element };
}

function stop({ context, element }: Playback): void {
  element.srcObject = null;
  void context.close();
}

/** One persona alive, in any state, speaking any sound file: to judge a drawing, and to measure the lips. */
export function AvatarPreview() {
  const [persona, setPersona] = useState(PERSONA_IDS[0] ?? '');
  const [state, setState] = useState<AvatarState>('idle');
  const [cue, setCue] = useState<{ name: string; at_s: number } | null>(null);
  const [playback, setPlayback] = useState<Playback | null>(null);
  const [problem, setProblem] = useState('');
  const current = useRef<Playback | null>(null);
  const reducedMotion = usePrefersReducedMotion();

  useEffect(() => () => { if (current.current !== null) stop(current.current); }, []);

  const speak = async (file: File) => {
    if (current.current !== null) stop(current.current);
    setProblem('');
    try {
      const next = await play(file, () => { setState('idle'); });
      current.current = next;
      setPlayback(next);
      setState('speaking');
      // A moment for the lips to find the track before the first sound.
      setTimeout(() => { next.source.start(); }, 700);
    } catch {
      setProblem('This file could not be played: choose a sound file that your browser knows.');
    }
  };

  return (
    <section className="avatar-preview" aria-labelledby="preview-title">
      <div className="avatar-preview__stage">
        <AvatarStage persona={persona} state={state} audioTrack={playback?.track ?? null} cue={cue} reducedMotion={reducedMotion} />
      </div>
      <div className="stack">
        <h2 id="preview-title">Alive</h2>
        <div className="row">
          <Choice label="Persona" options={PERSONA_IDS} value={persona} onChange={setPersona} />
          <Choice label="State" options={AVATAR_STATES} value={state} onChange={setState} />
        </div>
        <div className="row">
          {CUES.map((name) => (
            <Button key={name} size="small" onClick={() => { setCue({ name, at_s: performance.now() / 1000 }); }}>{name}</Button>
          ))}
        </div>
        <div className="field">
          <label htmlFor="preview-sound">Speak a sound file</label>
          <input
            id="preview-sound"
            type="file"
            accept="audio/*"
            className="input"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) void speak(file);
            }}
          />
          <p className="field__hint">It stays in this browser.</p>
        </div>
        <div role="alert">{problem !== '' && <p className="field__error">{problem}</p>}</div>
      </div>
    </section>
  );
}

interface ChoiceProps<Option extends string> {
  label: string;
  options: readonly Option[];
  value: Option;
  onChange: (option: Option) => void;
}

function Choice<Option extends string>({ label, options, value, onChange }: ChoiceProps<Option>) {
  const id = `preview-${label.toLowerCase()}`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={(event) => { onChange(event.target.value as Option); }}>
        {options.map((option) => <option key={option}>{option}</option>)}
      </select>
    </div>
  );
}
