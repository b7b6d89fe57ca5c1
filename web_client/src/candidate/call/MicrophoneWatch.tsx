import { useEffect } from 'react';

import { CALL_SILENCE_AFTER_MS } from '../core/microphone';
import { useHearing } from '../sound/useHearing';

/** Notices a microphone that gives nothing at all; shows nothing itself. */
export function MicrophoneWatch({ track, onSilence }: { track: MediaStreamTrack | null; onSilence: (silent: boolean) => void }) {
  const hearing = useHearing(track, CALL_SILENCE_AFTER_MS);
  const silent = hearing?.silent === true;
  const heard = hearing !== null && !silent && hearing.ever_heard;
  useEffect(() => {
    if (silent) onSilence(true);
    else if (heard) onSilence(false);
  }, [silent, heard, onSilence]);
  return null;
}
