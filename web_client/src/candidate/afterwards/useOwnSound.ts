import { useCallback, useEffect, useRef, useState } from 'react';

import { readOwnRecording } from '../candidateApi';

/** A breath before and after: recognised words begin a little late and end a little early. */
const MARGIN_S = 0.3;

/** Plays stretches of the candidate's own recording; it is fetched at the first wish to hear it. */
export function useOwnSound(session_token: string) {
  const [playing, setPlaying] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const element = useRef<HTMLAudioElement | null>(null);
  const until_s = useRef(Infinity);

  useEffect(
    () => () => {
      element.current?.pause();
      if (element.current !== null) URL.revokeObjectURL(element.current.src);
    },
    [],
  );

  const stop = useCallback(() => {
    element.current?.pause();
    setPlaying(null);
  }, []);

  const loaded = useCallback(async () => {
    if (element.current !== null) return element.current;
    const audio = new Audio(URL.createObjectURL(await readOwnRecording(session_token)));
    audio.addEventListener('timeupdate', () => { if (audio.currentTime >= until_s.current) stop(); });
    audio.addEventListener('ended', stop);
    element.current = audio;
    return audio;
  }, [session_token, stop]);

  const play = useCallback(
    (turn_id: string, start_s: number, end_s: number | null) => {
      setFailed(false);
      setPlaying(turn_id);
      loaded().then(
        (audio) => {
          audio.currentTime = Math.max(0, start_s - MARGIN_S);
          until_s.current = end_s === null ? Infinity : end_s + MARGIN_S;
          return audio.play();
        },
      ).catch(() => {
        setPlaying(null);
        setFailed(true);
      });
    },
    [loaded],
  );

  return { playing, failed, play, stop };
}
