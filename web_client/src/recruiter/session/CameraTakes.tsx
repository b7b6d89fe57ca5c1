import { useEffect, useRef, type RefObject } from 'react';

import { clock } from '../core/timing';
import type { SessionDetail } from '../staffApi';

type Take = SessionDetail['camera'][number];
/** Picture and sound may be apart by this much before the picture is moved. */
const APART_S = 0.4;

/** What the candidate's camera recorded, beside the sound recording and in step with it. */
export function CameraTakes({ takes, sound }: { takes: readonly Take[]; sound: RefObject<HTMLAudioElement | null> }) {
  if (takes.length === 0) return null;
  return (
    <section className="stack camera-takes" data-gap="s" aria-labelledby="camera-takes-title">
      <h3 id="camera-takes-title">Camera</h3>
      <p className="small muted">Without sound, for your eyes only, and never scored. It moves with the recording while both play.</p>
      <div className="row">
        {takes.map((take) => <CameraTake key={take.url} take={take} sound={sound} />)}
      </div>
    </section>
  );
}

function CameraTake({ take, sound }: { take: Take; sound: RefObject<HTMLAudioElement | null> }) {
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const [audio, picture] = [sound.current, video.current];
    if (audio === null || picture === null) return;
    const follow = () => {
      const at_s = audio.currentTime - take.start_s;
      const inside = at_s >= 0 && (!Number.isFinite(picture.duration) || at_s <= picture.duration);
      if (audio.paused || !inside) {
        if (!picture.paused) picture.pause();
        return;
      }
      if (Math.abs(picture.currentTime - at_s) > APART_S) picture.currentTime = at_s;
      if (picture.paused) void picture.play().catch(() => undefined);
    };
    const events = ['play', 'pause', 'seeked', 'timeupdate'] as const;
    for (const name of events) audio.addEventListener(name, follow);
    return () => { for (const name of events) audio.removeEventListener(name, follow); };
  }, [sound, take.start_s]);

  return (
    <figure>
      {/* It has no sound: the transcript beside it is what was said meanwhile. */}
      <video ref={video} controls muted playsInline preload="metadata" src={take.url} aria-label={`Camera from ${clock(take.start_s)}`} />
      <figcaption className="small muted">from {clock(take.start_s)}</figcaption>
    </figure>
  );
}
