import { wakeAudio } from './audioContext';

const RATE_HZ = 16_000;

/** A sound that is being taken from the microphone; it lives in this page's memory only. */
export interface Capture {
  readonly seconds: number;
  /** What was heard so far, as 16-bit little-endian samples at 16 kHz. */
  pcm(): Promise<ArrayBuffer>;
  stop(): void;
}

/** Begins to listen; the audio thread's code is loaded first. */
export async function captureSound(track: MediaStreamTrack): Promise<Capture> {
  const audio = wakeAudio();
  await audio.audioWorklet.addModule(new URL('./pcmCapture.worklet.js', import.meta.url).href);
  const source = audio.createMediaStreamSource(new MediaStream([track]));
  const worklet = new AudioWorkletNode(audio, 'pcm-capture', { numberOfInputs: 1, numberOfOutputs: 0 });
  const pieces: Float32Array[] = [];
  let frames = 0;
  worklet.port.onmessage = ({ data }: MessageEvent<Float32Array>) => {
    pieces.push(data);
    frames += data.length;
  };
  source.connect(worklet);
  return {
    get seconds() { return frames / audio.sampleRate; },
    pcm: () => resampled(pieces, frames, audio.sampleRate),
    stop: () => {
      source.disconnect();
      worklet.port.close();
    },
  };
}

async function resampled(pieces: readonly Float32Array[], frames: number, rate_hz: number): Promise<ArrayBuffer> {
  if (frames === 0) return new ArrayBuffer(0);
  const offline = new OfflineAudioContext(1, Math.ceil((frames * RATE_HZ) / rate_hz), RATE_HZ);
  const buffer = offline.createBuffer(1, frames, rate_hz);
  const channel = buffer.getChannelData(0);
  let at = 0;
  for (const piece of pieces) {
    channel.set(piece.subarray(0, Math.max(0, frames - at)), at);
    at += piece.length;
  }
  const source = new AudioBufferSourceNode(offline, { buffer });
  source.connect(offline.destination);
  source.start();
  const samples = (await offline.startRendering()).getChannelData(0);
  const pcm = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, i) => { pcm.setInt16(i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true); });
  return pcm.buffer;
}
