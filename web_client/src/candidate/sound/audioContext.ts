let context: AudioContext | null = null;

/**
 * The page's one AudioContext, made and resumed at the candidate's tap: browsers let a page make sound
 * only from there on.
 */
export function wakeAudio(): AudioContext {
  context ??= new AudioContext();
  if (context.state !== 'running') void context.resume();
  return context;
}

/** Plays three soft rising notes; resolves when they have been played. */
export async function playTestSound(): Promise<void> {
  const audio = wakeAudio();
  const start = audio.currentTime + 0.05;
  const notes_hz = [392, 494, 587];
  notes_hz.forEach((note_hz, i) => {
    const at = start + i * 0.28;
    const oscillator = new OscillatorNode(audio, { type: 'sine', frequency: note_hz });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.25, at + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.45);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.5);
  });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}

/** Silence as a track, for a trial that needs no microphone. */
export function silentTrack(): MediaStreamTrack {
  const audio = wakeAudio();
  const out = audio.createMediaStreamDestination();
  const source = new ConstantSourceNode(audio, { offset: 0 });
  source.connect(out);
  source.start();
  const [track] = out.stream.getAudioTracks();
  if (track === undefined) throw new Error('the browser gave no audio track');
  return track;
}
