import { useEffect, useState } from 'react';

import { hear, levelDbfs, SILENCE_AFTER_MS, startHearing, type Hearing } from '../core/microphone';
import type { Milliseconds } from '../core/topics';
import { wakeAudio } from './audioContext';

const LOOK_EVERY_MS = 60;

/** How loud a microphone's track is, looked at some sixteen times a second; null without a track. */
export function useHearing(
  track: MediaStreamTrack | null,
  silence_after_ms: Milliseconds = SILENCE_AFTER_MS,
): Hearing | null {
  const [hearing, setHearing] = useState<{ track: MediaStreamTrack; heard: Hearing } | null>(null);

  useEffect(() => {
    if (track === null) return;
    const audio = wakeAudio();
    const source = audio.createMediaStreamSource(new MediaStream([track]));
    const analyser = new AnalyserNode(audio, { fftSize: 2048 });
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let heard = startHearing(performance.now());
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      heard = hear(heard, levelDbfs(samples), performance.now(), silence_after_ms);
      setHearing({ track, heard });
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      source.disconnect();
    };
  }, [track, silence_after_ms]);

  return hearing !== null && hearing.track === track ? hearing.heard : null;
}
