/** What the face does at one moment. Shapes are 0..1 unless said; yaw, pitch, gaze are -1..1. */
export interface Pose {
  /** Head turned to her left (viewer's right) at +1. */
  yaw: number;
  /** Head down at +1. */
  pitch: number;
  /** Degrees, clockwise. */
  roll: number;
  /** Leaning towards the viewer. */
  lean: number;
  /** Chest lifted by breath. */
  breath: number;
  /** 0 open, 1 closed. */
  blink: number;
  /** Narrowed by a smile. */
  squint: number;
  gazeX: number;
  gazeY: number;
  /** Both brows raised; -1 lowered. */
  brow: number;
  /** One brow more than the other: doubt, thought. */
  browTilt: number;
  smile: number;
  mouth: Mouth;
}

export interface Mouth {
  open: number;
  wide: number;
  round: number;
  teeth: number;
  tongue: number;
  /** Lips pressed together: p, b, m. */
  press: number;
  /** Lower lip under the teeth: f, v. */
  bite: number;
}

export const CLOSED_MOUTH: Mouth = { open: 0, wide: 0, round: 0, teeth: 0, tongue: 0, press: 0, bite: 0 };

export const REST: Pose = {
  yaw: 0, pitch: 0, roll: 0, lean: 0, breath: 0, blink: 0, squint: 0,
  gazeX: 0, gazeY: 0, brow: 0, browTilt: 0, smile: 0.46, mouth: CLOSED_MOUTH,
};

/** How far the part that moves most goes, in the drawing's units, when a value changes by 1. */
const TRAVEL: Record<Exclude<keyof Pose, 'mouth'>, number> = {
  yaw: 20, pitch: 15, roll: 4, lean: 30, breath: 2.4, blink: 40, squint: 6,
  gazeX: 6.5, gazeY: 4.5, brow: 9, browTilt: 5, smile: 11,
};
const MOUTH_TRAVEL = 30;
/** A fifth of a unit is an eighth of a pixel or so on a laptop. */
const UNSEEN = 0.2;

const poseParts = Object.keys(TRAVEL) as (keyof typeof TRAVEL)[];
const mouthParts = Object.keys(CLOSED_MOUTH) as (keyof Mouth)[];

/** Whether anybody could see the difference: breathing and swaying need no new picture for every frame. */
export function looksDifferent(one: Pose, other: Pose): boolean {
  return (
    poseParts.some((part) => Math.abs(one[part] - other[part]) * TRAVEL[part] >= UNSEEN) ||
    mouthParts.some((part) => Math.abs(one.mouth[part] - other.mouth[part]) * MOUTH_TRAVEL >= UNSEEN)
  );
}

/** What the agent says she is doing; drives pose and gaze. */
export type AvatarState = 'idle' | 'listening' | 'thinking' | 'speaking' | 'waiting';

export const AVATAR_STATES: readonly AvatarState[] = ['idle', 'listening', 'thinking', 'speaking', 'waiting'];

export interface StateTarget {
  smile: number;
  lean: number;
  roll: number;
  yaw: number;
  pitch: number;
  brow: number;
  browTilt: number;
  gazeX: number;
  gazeY: number;
  press: number;
}

export const STATE_TARGETS: Record<AvatarState, StateTarget> = {
  idle: { smile: 0.46, lean: 0, roll: 0, yaw: 0, pitch: 0, brow: 0, browTilt: 0, gazeX: 0, gazeY: 0, press: 0 },
  listening: { smile: 0.55, lean: 0.55, roll: 3.2, yaw: 0.1, pitch: 0.1, brow: 0.3, browTilt: 0, gazeX: 0, gazeY: 0, press: 0 },
  thinking: { smile: 0.24, lean: 0.1, roll: -3.2, yaw: -0.5, pitch: -0.35, brow: 0.25, browTilt: 0.5, gazeX: -0.9, gazeY: -0.8, press: 0.25 },
  speaking: { smile: 0.4, lean: 0.25, roll: 0, yaw: 0, pitch: 0, brow: 0.1, browTilt: 0, gazeX: 0, gazeY: 0, press: 0 },
  waiting: { smile: 0.62, lean: 0.25, roll: 2, yaw: 0.06, pitch: 0.05, brow: 0.22, browTilt: 0, gazeX: 0, gazeY: 0, press: 0 },
};
