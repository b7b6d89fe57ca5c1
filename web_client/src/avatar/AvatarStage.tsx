import { useEffect, useRef, useState } from 'react';
import './avatar.css';
import { Director, SILENCE } from './director';
import { LipSync } from './lipSync';
import { loadPersona } from './personas';
import type { Persona } from './persona';
import type { AvatarState } from './pose';
import { Rig } from './rig';

export interface AvatarStageProps {
  persona: string;
  state: AvatarState;
  /** Aila's voice as it is played; null while there is none. */
  audioTrack: MediaStreamTrack | null;
  /** The agent's newest cue; a new object is a new cue. */
  cue: { name: string; at_s: number } | null;
  reducedMotion?: boolean;
  label?: string;
}

/** Aila's place on the page: her face, moving with her voice. Never an empty box. */
export function AvatarStage({ persona, state, audioTrack, cue, reducedMotion = false, label = 'Aila' }: AvatarStageProps) {
  const host = useRef<HTMLDivElement>(null);
  const director = useRef<Director | null>(null);
  const lipSync = useRef<LipSync | null>(null);
  const inputs = useRef({ state, calm: reducedMotion });
  const [drawn, setDrawn] = useState<Persona | 'simple' | null>(null);

  useEffect(() => {
    inputs.current = { state, calm: reducedMotion };
  }, [state, reducedMotion]);

  useEffect(() => {
    let current = true;
    loadPersona(persona).then(
      (loaded) => { if (current) setDrawn(loaded); },
      () => { if (current) setDrawn('simple'); },
    );
    return () => { current = false; };
  }, [persona]);

  useEffect(() => {
    if (audioTrack === null) return;
    const following = new LipSync(audioTrack);
    lipSync.current = following;
    return () => {
      lipSync.current = null;
      following.close();
    };
  }, [audioTrack]);

  useEffect(() => {
    if (cue === null || director.current === null) return;
    if (cue.name === 'nod') director.current.nod(performance.now() / 1000);
    if (cue.name === 'encourage' || cue.name === 'reminder') director.current.encourage(performance.now() / 1000);
  }, [cue]);

  useEffect(() => {
    const place = host.current;
    if (drawn === null || drawn === 'simple' || place === null) return;
    const rig = new Rig(drawn);
    place.replaceChildren(rig.element);
    let last_s = performance.now() / 1000;
    const directing = new Director(Math.random, last_s);
    director.current = directing;
    let frame = 0;
    let mouth = '';
    const draw = (now_ms: number) => {
      const now_s = now_ms / 1000;
      const voice = lipSync.current?.voice(now_s - last_s) ?? SILENCE;
      last_s = now_s;
      const pose = directing.pose(now_s, inputs.current.state, voice, inputs.current.calm);
      rig.apply(pose);
      // For whoever measures: how far her mouth is open.
      const open = pose.mouth.open.toFixed(2);
      if (open !== mouth) place.dataset['mouth'] = mouth = open;
      // Browsers stop calling in hidden tabs: there is nothing to pause here.
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      director.current = null;
    };
  }, [drawn]);

  return (
    <div className="avatar-stage" role="img" aria-label={label} data-state={state} data-testid="avatar">
      {drawn === 'simple' ? <SimpleFace speaking={state === 'speaking'} /> : <div ref={host} className="avatar-stage__figure" />}
    </div>
  );
}

/** What stands in when a persona cannot be loaded. */
function SimpleFace({ speaking }: { speaking: boolean }) {
  return (
    <svg className="avatar-stage__simple" viewBox="0 0 200 200" aria-hidden="true">
      <circle cx="100" cy="100" r="78" fill="#eebf9f" />
      <circle cx="72" cy="90" r="8" fill="#3a2617" />
      <circle cx="128" cy="90" r="8" fill="#3a2617" />
      {speaking ? <ellipse cx="100" cy="134" rx="18" ry="12" fill="#5a1f24" /> : <path d="M72 128 Q100 152 128 128" fill="none" stroke="#5a1f24" strokeWidth="6" strokeLinecap="round" />}
    </svg>
  );
}
