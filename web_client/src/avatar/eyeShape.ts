/** Paths of one eye, around its centre at 0,0; the inner corner at +x for her right eye. */
export interface EyePaths {
  /** The white; the iris is clipped to it. */
  white: string;
  upperLid: string;
  crease: string;
}

const n = (value: number) => value.toFixed(1);

/** Draws an eye; `closed` 0..1 brings the lids together, `squint` lifts the lower one. */
export function eyePaths(closed: number, squint: number): EyePaths {
  const meet = 10;
  const top = -17 + (meet + 17) * closed;
  const bottom = 12 - 6 * squint + (meet - 12 + 6 * squint) * closed;
  const upper = `C-17 ${n(top)} 12 ${n(top - 2)} 26 ${n(1.5 + closed * 2)}`;
  return {
    white: `M-27 3 ${upper} C14 ${n(bottom)} -14 ${n(bottom)} -27 3 Z`,
    upperLid: `M-28 3.5 ${upper}`,
    crease: `M-24 ${n(top * 0.5 - 7)} C-14 ${n(top - 7)} 8 ${n(top - 8)} 21 ${n(-8 + closed * 5)}`,
  };
}
