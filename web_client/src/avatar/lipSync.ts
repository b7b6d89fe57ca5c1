import modelUrl from '@met4citizen/headaudio/dist/model-en-mixed.bin?url';
import workletUrl from '@met4citizen/headaudio/dist/headworklet.min.mjs?url';
import type { HeadAudio } from '@met4citizen/headaudio/modules/headaudio.mjs';
import { SILENCE, type Voice } from './director';
import { LoudnessLevel, rmsOf } from './loudness';
import { visemeOfSpectrum } from './spectrum';
import { VISEMES, type Viseme } from './visemes';

/** Predictions that must agree before the shape changes; lips that meet count at once. */
const AGREEING = 2;
const AT_ONCE: ReadonlySet<Viseme> = new Set(['PP', 'FF', 'sil']);

/**
 * A sound after this much silence is a beginning, and lips part to begin. The first prediction then is a guess
 * from little sound: a shut mouth, too, must be confirmed for this long.
 */
const BEGINNING_S = 0.08;

/** The mouth of a sound without a name: half open, neither wide nor round. */
const UNNAMED: Viseme = 'E';

/** Follows the voice on one audio track, from what is played, without adding a sound of its own. */
export class LipSync {
  private readonly context: AudioContext;
  private readonly source: MediaStreamAudioSourceNode;
  private readonly analyser: AnalyserNode;
  private readonly samples: Float32Array<ArrayBuffer>;
  /** The last 11 ms, and the last 3: a sound that has just begun. */
  private readonly recent: Float32Array<ArrayBuffer>;
  private readonly newest: Float32Array<ArrayBuffer>;
  private readonly spectrum: Float32Array<ArrayBuffer>;
  private readonly level = new LoudnessLevel();
  private recogniser: HeadAudio | null = null;
  private candidate: Viseme = 'sil';
  private agreed = 0;
  private viseme: Viseme = 'sil';
  private silent_s = 0;
  private sounding_s = 0;
  private closed = false;

  constructor(track: MediaStreamTrack) {
    this.context = new AudioContext({ latencyHint: 'interactive' });
    void this.context.resume();
    this.source = this.context.createMediaStreamSource(new MediaStream([track]));
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = 1024;
    this.analyser.smoothingTimeConstant = 0.4;
    // The analyser gives the oldest sample first: all of its window must be read to get the newest.
    this.samples = new Float32Array(this.analyser.fftSize);
    this.recent = this.samples.subarray(512);
    this.newest = this.samples.subarray(896);
    this.spectrum = new Float32Array(this.analyser.frequencyBinCount);
    this.source.connect(this.analyser);
    void this.loadRecogniser();
  }

  /** What is heard now; `dt_s` is the time since the last call. */
  voice(dt_s: number): Voice {
    if (this.context.state === 'suspended') {
      void this.context.resume();
      return SILENCE;
    }
    this.analyser.getFloatTimeDomainData(this.samples);
    const loudness = this.level.level(Math.max(rmsOf(this.recent), rmsOf(this.newest)), dt_s);
    this.noteSound(loudness > 0, dt_s);
    if (loudness === 0) return SILENCE;
    // A sound that the recogniser has not named yet opens the mouth all the same: it is late by some 50 ms.
    if (this.recogniser !== null) return { viseme: this.viseme === 'sil' ? UNNAMED : this.viseme, loudness };
    this.analyser.getFloatFrequencyData(this.spectrum);
    return { viseme: visemeOfSpectrum(this.spectrum, this.context.sampleRate / this.analyser.fftSize), loudness };
  }

  close(): void {
    this.closed = true;
    this.source.disconnect();
    this.recogniser?.disconnect();
    void this.context.close();
  }

  private async loadRecogniser(): Promise<void> {
    try {
      // Loaded here, for its file fails where the browser has no audio worklets.
      const { HeadAudio } = await import('@met4citizen/headaudio/modules/headaudio.mjs');
      await this.context.audioWorklet.addModule(workletUrl);
      const recogniser = new HeadAudio(this.context, {
        // Its own update() drops the first viseme; the events carry all of them.
        processorOptions: { visemeEventsEnabled: true },
        parameterData: { vadGateInactiveDb: -60 },
      });
      recogniser.onviseme = (message) => { this.predicted(message.viseme); };
      await recogniser.loadModel(modelUrl);
      if (this.closed) return;
      this.source.connect(recogniser);
      this.recogniser = recogniser;
    } catch {
      // The spectrum drives the mouth instead: less exact, and nobody is kept waiting.
      this.recogniser = null;
    }
  }

  private predicted(id: number | null | undefined): void {
    const viseme = id === null || id === undefined ? undefined : VISEMES[id];
    if (viseme === undefined) return;
    this.agreed = viseme === this.candidate ? this.agreed + 1 : 1;
    this.candidate = viseme;
    const atOnce = viseme === 'sil' || (AT_ONCE.has(viseme) && this.sounding_s > BEGINNING_S);
    if (this.agreed >= AGREEING || atOnce) this.viseme = viseme;
  }

  private noteSound(heard: boolean, dt_s: number): void {
    if (heard) {
      if (this.silent_s > BEGINNING_S) {
        this.viseme = this.candidate = 'sil';
        this.agreed = this.sounding_s = 0;
      }
      this.silent_s = 0;
      this.sounding_s += dt_s;
    } else {
      this.silent_s += dt_s;
    }
  }
}
