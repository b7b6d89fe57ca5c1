import { useCallback, useEffect, useState } from 'react';

import { refusalOf, type MicrophoneRefusal } from '../core/microphone';

export type Microphone =
  | { readonly kind: 'off' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'refused'; readonly refusal: MicrophoneRefusal }
  | { readonly kind: 'on'; readonly stream: MediaStream; readonly device_id: string | null; readonly devices: readonly MediaDeviceInfo[] };

async function open(device_id: string | null): Promise<Microphone> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: device_id === null ? true : { deviceId: { exact: device_id } },
    });
    const devices = await navigator.mediaDevices.enumerateDevices();
    const used = stream.getAudioTracks()[0]?.getSettings().deviceId ?? device_id;
    return { kind: 'on', stream, device_id: used, devices: devices.filter((d) => d.kind === 'audioinput') };
  } catch (error) {
    return { kind: 'refused', refusal: refusalOf(error instanceof Error || error instanceof DOMException ? error.name : '', window.isSecureContext) };
  }
}

function stop(microphone: Microphone): void {
  if (microphone.kind === 'on') for (const track of microphone.stream.getTracks()) track.stop();
}

/** The microphone for the check; it is let go when the page is left. */
export function useMicrophone() {
  const [microphone, setMicrophone] = useState<Microphone>({ kind: 'off' });

  useEffect(() => () => { stop(microphone); }, [microphone]);

  const ask = useCallback(async (device_id: string | null = null) => {
    setMicrophone({ kind: 'asking' });
    setMicrophone(await open(device_id));
  }, []);

  return { microphone, ask };
}
