import type { Viseme } from './visemes';

/** Mean level in dB of a spectrum between two frequencies. */
function band(spectrum: Float32Array, hz_per_bin: number, low_hz: number, high_hz: number): number {
  const first = Math.floor(low_hz / hz_per_bin);
  const last = Math.min(spectrum.length - 1, Math.ceil(high_hz / hz_per_bin));
  let sum = 0;
  for (let bin = first; bin <= last; bin += 1) sum += spectrum[bin] ?? -100;
  return sum / Math.max(1, last - first + 1);
}

/** A rough mouth shape from three bands of the spectrum: what is left when the recogniser cannot load. */
export function visemeOfSpectrum(spectrum: Float32Array, hz_per_bin: number): Viseme {
  const low = band(spectrum, hz_per_bin, 250, 900);
  const middle = band(spectrum, hz_per_bin, 1500, 3000);
  const high = band(spectrum, hz_per_bin, 4000, 8000);
  if (high > low - 4) return 'SS';
  if (middle > low - 14) return 'E';
  return middle > low - 24 ? 'aa' : 'O';
}
