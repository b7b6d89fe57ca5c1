/** Levels a voice's loudness to 0..1, whatever its volume: the loudest of the last seconds is 1. */
export class LoudnessLevel {
  private peak = 0.05;

  /** `rms` is of full scale 1, and below -52 dB counts as silence; `dt_s` the time since the last call. */
  level(rms: number, dt_s: number): number {
    if (rms < 0.0025) return 0;
    this.peak = Math.max(rms, this.peak * Math.exp(-dt_s / 6), 0.02);
    return Math.min(1, (rms / this.peak) ** 0.7);
  }
}

/** Root mean square of a block of samples. */
export function rmsOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
