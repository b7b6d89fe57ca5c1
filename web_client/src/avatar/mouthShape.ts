import type { Mouth } from './pose';

/** Paths of the mouth, around its centre at 0,0. */
export interface MouthPaths {
  /** Upper and lower lip as one closed band around the opening. */
  lips: string;
  /** The opening; teeth and tongue are clipped to it. */
  opening: string;
  /** The line where closed lips meet. */
  line: string;
  /** The upper row, below the upper lip. */
  teeth: string;
  /** How far a broad smile alone bares the teeth, 0..0.2. */
  grin: number;
  tongueY: number;
  openness: number;
}

const n = (value: number) => value.toFixed(1);

/** Draws a mouth of half width ~34 for a shape and a smile of 0..1. */
export function mouthPaths(mouth: Mouth, smile: number): MouthPaths {
  const half = 34 * (1 + 0.2 * mouth.wide - 0.42 * mouth.round + 0.24 * smile - 0.06 * mouth.press);
  const corner = -smile * 13;
  const sag = smile * 8;
  const grin = 0.24 * Math.max(0, (smile - 0.68) / 0.32) * (1 - mouth.press) * (1 - mouth.round) * (1 - mouth.bite);
  const open = Math.max(0, mouth.open * (1 - mouth.press), grin);
  const upper = -11 * open - 1.2 * mouth.round + sag * 0.55;
  const lower = 30 * open * (1 - 0.75 * mouth.bite) + sag + 1.5 * mouth.round * open;
  const fullUpper = (6 + 2.5 * mouth.round) * (1 - 0.45 * mouth.press);
  const fullLower = (8 + 2.5 * mouth.round) * (1 - 0.45 * mouth.press) * (1 - 0.6 * mouth.bite);
  const inner = half * 0.9;
  const bow = 3.2 * (1 - mouth.round);
  const opening =
    `M${n(-inner)} ${n(corner)} C${n(-inner * 0.5)} ${n(upper - 1)} ${n(-inner * 0.22)} ${n(upper)} 0 ${n(upper + 0.6)} ` +
    `C${n(inner * 0.22)} ${n(upper)} ${n(inner * 0.5)} ${n(upper - 1)} ${n(inner)} ${n(corner)} ` +
    `C${n(inner * 0.62)} ${n(lower)} ${n(inner * 0.3)} ${n(lower + 1)} 0 ${n(lower + 1)} ` +
    `C${n(-inner * 0.3)} ${n(lower + 1)} ${n(-inner * 0.62)} ${n(lower)} ${n(-inner)} ${n(corner)} Z`;
  const lips =
    `M${n(-half)} ${n(corner - 0.5)} C${n(-half * 0.6)} ${n(upper - fullUpper)} ${n(-half * 0.24)} ${n(upper - fullUpper - bow)} 0 ${n(upper - fullUpper + bow * 0.4)} ` +
    `C${n(half * 0.24)} ${n(upper - fullUpper - bow)} ${n(half * 0.6)} ${n(upper - fullUpper)} ${n(half)} ${n(corner - 0.5)} ` +
    `C${n(half * 0.66)} ${n(lower + fullLower * 0.9)} ${n(half * 0.32)} ${n(lower + fullLower)} 0 ${n(lower + fullLower)} ` +
    `C${n(-half * 0.32)} ${n(lower + fullLower)} ${n(-half * 0.66)} ${n(lower + fullLower * 0.9)} ${n(-half)} ${n(corner - 0.5)} Z`;
  const bite = upper + 5 + 6 * Math.min(1, open * 3);
  const teeth =
    `M${n(-inner)} ${n(corner - 2)} C${n(-inner * 0.5)} ${n(upper - 4)} ${n(inner * 0.5)} ${n(upper - 4)} ${n(inner)} ${n(corner - 2)} ` +
    `C${n(inner * 0.7)} ${n(bite - 1)} ${n(inner * 0.35)} ${n(bite)} 0 ${n(bite)} C${n(-inner * 0.35)} ${n(bite)} ${n(-inner * 0.7)} ${n(bite - 1)} ${n(-inner)} ${n(corner - 2)} Z`;
  const middle = (upper + lower) / 2;
  const line = `M${n(-half * 1.02)} ${n(corner - 1)} C${n(-half * 0.5)} ${n(middle)} ${n(half * 0.5)} ${n(middle)} ${n(half * 1.02)} ${n(corner - 1)}`;
  return { lips, opening, line, teeth, grin, tongueY: lower - 9 - 6 * mouth.tongue, openness: open };
}
