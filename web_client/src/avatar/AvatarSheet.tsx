import { useEffect, useRef, useState } from 'react';
import './avatar.css';
import { AvatarPreview } from './AvatarPreview';
import { loadPersona, PERSONA_IDS } from './personas';
import type { Persona } from './persona';
import { AVATAR_STATES, REST, STATE_TARGETS, type Pose } from './pose';
import { Rig } from './rig';
import { VISEME_MOUTHS, VISEMES } from './visemes';

/** One persona alive, then every state and every mouth shape of all of them, standing still. */
export function AvatarSheet() {
  const [personas, setPersonas] = useState<readonly Persona[]>([]);

  useEffect(() => {
    void Promise.all(PERSONA_IDS.map(loadPersona)).then(setPersonas);
  }, []);

  return (
    <main className="avatar-sheet">
      <h1>Avatar sheet</h1>
      <AvatarPreview />
      {personas.map((persona) => (
        <PersonaPoses key={persona.id} persona={persona} />
      ))}
    </main>
  );
}

function PersonaPoses({ persona }: { persona: Persona }) {
  return (
    <>
      <h2>{persona.name}</h2>
      {AVATAR_STATES.map((state) => (
        <Portrait key={state} persona={persona} title={state} pose={{ ...REST, ...STATE_TARGETS[state] }} />
      ))}
      <Portrait persona={persona} title="nodding" pose={{ ...REST, ...STATE_TARGETS.listening, pitch: 0.55 }} />
      <Portrait persona={persona} title="encouraging" pose={{ ...REST, smile: 1, squint: 0.8, brow: 0.3 }} />
      <Portrait persona={persona} title="blink" pose={{ ...REST, blink: 1 }} />
      {VISEMES.map((viseme) => (
        <Portrait key={viseme} persona={persona} title={`viseme ${viseme}`} pose={{ ...REST, smile: 0.3, mouth: VISEME_MOUTHS[viseme] }} />
      ))}
    </>
  );
}

function Portrait({ persona, pose, title }: { persona: Persona; pose: Pose; title: string }) {
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const rig = new Rig(persona);
    rig.apply(pose);
    place.current?.replaceChildren(rig.element);
  }, [persona, pose]);

  return (
    <figure>
      <div ref={place} role="img" aria-label={`${persona.name}, ${title}`} />
      <figcaption>{title}</figcaption>
    </figure>
  );
}
