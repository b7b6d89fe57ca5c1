import { useCallback, useEffect, useRef, useState } from 'react';

import { newId } from '../core/identifier';
import { CameraRecorder } from './recorder';
import { keepCameraPiece, sendCamera } from './uploads';

export type Camera =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly stream: MediaStream }
  | { readonly kind: 'refused'; readonly why: 'denied' | 'failed' };

/** The candidate's camera: off until it is switched on, and off again when the page is left. */
export function useCamera(owner: string, session_token: string) {
  const [camera, setCamera] = useState<Camera>({ kind: 'off' });
  const recorder = useRef<CameraRecorder | null>(null);
  const wanted = useRef(false);

  // What a reload or a break left behind.
  useEffect(() => { sendCamera(owner, session_token); }, [owner, session_token]);

  const turnOff = useCallback(() => {
    wanted.current = false;
    recorder.current?.stop();
    recorder.current = null;
    setCamera({ kind: 'off' });
  }, []);

  const turnOn = useCallback(async () => {
    if (wanted.current) return;
    wanted.current = true;
    setCamera({ kind: 'starting' });
    const take = `${Date.now().toString(36)}-${newId().toLowerCase().replace(/[^a-z0-9]/g, '').slice(0, 12)}`;
    const began_at_ms = Date.now();
    try {
      const started = await CameraRecorder.start({
        piece: (data, number) => {
          void keepCameraPiece({ owner, take, number, began_at_ms, data }).then(() => { sendCamera(owner, session_token); });
        },
        stopped: () => {
          if (recorder.current === started) turnOff();
        },
      });
      if (!wanted.current) {
        started.stop();
        return;
      }
      recorder.current = started;
      setCamera({ kind: 'on', stream: started.stream });
    } catch (error) {
      wanted.current = false;
      const denied = error instanceof DOMException && error.name === 'NotAllowedError';
      setCamera({ kind: 'refused', why: denied ? 'denied' : 'failed' });
    }
  }, [owner, session_token, turnOff]);

  useEffect(() => turnOff, [turnOff]);

  return { camera, turnOn, turnOff };
}
