import { CLOSED_MOUTH, type Mouth } from './pose';

/** The fifteen mouth shapes of speech, in the order of the recogniser's ids (Oculus names). */
export const VISEMES = ['aa', 'E', 'I', 'O', 'U', 'PP', 'SS', 'TH', 'DD', 'FF', 'kk', 'nn', 'RR', 'CH', 'sil'] as const;
export type Viseme = (typeof VISEMES)[number];

const shape = (part: Partial<Mouth>): Mouth => ({ ...CLOSED_MOUTH, ...part });

export const VISEME_MOUTHS: Record<Viseme, Mouth> = {
  aa: shape({ open: 0.85, wide: 0.1, teeth: 0.5, tongue: 0.2 }),
  E: shape({ open: 0.5, wide: 0.4, teeth: 0.6, tongue: 0.3 }),
  I: shape({ open: 0.3, wide: 0.6, teeth: 0.8 }),
  O: shape({ open: 0.6, round: 0.72, teeth: 0.1 }),
  U: shape({ open: 0.3, round: 1 }),
  PP: shape({ press: 1 }),
  SS: shape({ open: 0.16, wide: 0.45, teeth: 1 }),
  TH: shape({ open: 0.24, teeth: 0.7, tongue: 0.95 }),
  DD: shape({ open: 0.26, wide: 0.15, teeth: 0.8, tongue: 0.5 }),
  FF: shape({ open: 0.14, teeth: 0.8, bite: 1 }),
  kk: shape({ open: 0.3, wide: 0.1, teeth: 0.4 }),
  nn: shape({ open: 0.2, teeth: 0.6, tongue: 0.6 }),
  RR: shape({ open: 0.24, round: 0.42, teeth: 0.25 }),
  CH: shape({ open: 0.24, round: 0.5, teeth: 0.9 }),
  sil: shape({}),
};

/** Lips must meet for these, however loud it is. */
const LIPS_DECIDE: ReadonlySet<Viseme> = new Set(['PP', 'FF', 'sil']);

/**
 * The mouth for a viseme at a loudness of 0..1. Loudness opens it, for visemes from audio are coarse;
 * the viseme gives the shape.
 */
export function mouthFor(viseme: Viseme, loudness: number): Mouth {
  const target = VISEME_MOUTHS[viseme];
  if (LIPS_DECIDE.has(viseme)) return { ...target, open: Math.min(target.open, loudness) };
  if (loudness < 0.03) return { ...target, open: 0 };
  const open = Math.min(1, target.open * (0.42 + 0.72 * loudness) + 0.15 * loudness);
  // However soft the sound is, the lips are seen to be parted.
  return { ...target, open: Math.max(open, Math.min(target.open, 0.16)) };
}

/** Lips open less than this look shut. */
const PARTED = 0.1;

/** Moves every part towards its target; opening is quicker than closing, lips that meet are quickest. */
export function approachMouth(from: Mouth, to: Mouth, dt_s: number): Mouth {
  const part = (key: keyof Mouth, up_s: number, down_s: number) => {
    const tau = to[key] > from[key] ? up_s : down_s;
    return from[key] + (to[key] - from[key]) * (1 - Math.exp(-dt_s / tau));
  };
  return {
    // Shut lips part at once when a sound begins: a late start is what is seen. In silence they
    // close at once; between sounds the mouth moves on softly.
    open: part('open', from.open < PARTED ? 0.012 : 0.026, to.open === 0 ? 0.045 : 0.075),
    wide: part('wide', 0.06, 0.08),
    round: part('round', 0.06, 0.08),
    teeth: part('teeth', 0.05, 0.08),
    tongue: part('tongue', 0.05, 0.08),
    press: part('press', 0.022, 0.05),
    bite: part('bite', 0.022, 0.05),
  };
}
