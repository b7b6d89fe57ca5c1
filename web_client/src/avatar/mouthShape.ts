import type { Mouth } from './pose';

/** Paths of the mouth, around its centre at 0,0. */
export interface MouthPaths {
  /** Upper and lower lip as one closed band around the opening. */
  lips: string;
  /** The opening; teeth and tongue are clipped to it. */
  opening: string;
  /** The line where closed lips meet. */
  line: string;
  teethY: number;
  tongueY: number;
  openness: number;
}

const n = (value: number) => value.toFixed(1);

/** Draws a mouth of half width ~34 for a shape and a smile of 0..1. */
export function mouthPaths(mouth: Mouth, smile: number): MouthPaths {
  const half = 33 * (1 + 0.2 * mouth.wide - 0.42 * mouth.round + 0.17 * smile - 0.06 * mouth.press);
  const corner = -smile * 11;
  const sag = smile * 8;
  const open = Math.max(0, mouth.open * (1 - mouth.press));
  const upper = -11 * open - 1.2 * mouth.round + sag * 0.55;
  const lower = 30 * open * (1 - 0.75 * mouth.bite) + sag + 1.5 * mouth.round * open;
  const fullUpper = (7.5 + 2.5 * mouth.round) * (1 - 0.45 * mouth.press);
  const fullLower = (9.5 + 2.5 * mouth.round) * (1 - 0.45 * mouth.press) * (1 - 0.6 * mouth.bite);
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
  const middle = (upper + lower) / 2;
  const line = `M${n(-half * 1.02)} ${n(corner - 1)} C${n(-half * 0.5)} ${n(middle)} ${n(half * 0.5)} ${n(middle)} ${n(half * 1.02)} ${n(corner - 1)}`;
  return { lips, opening, line, teethY: upper - 4, tongueY: lower - 9 - 6 * mouth.tongue, openness: open };
}
