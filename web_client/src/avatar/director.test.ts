import { describe, expect, it } from 'vitest';
import { Director, SILENCE } from './director';
import { blinkAt, nodAt, Nods } from './gestures';
import { LoudnessLevel } from './loudness';
import { mouthPaths } from './mouthShape';
import { CLOSED_MOUTH, looksDifferent, REST, type AvatarState, type Pose } from './pose';
import { Spring } from './springs';
import { mouthFor, VISEMES } from './visemes';

/** Runs a director at 60 frames a second and returns its last pose. */
function play(seconds: number, state: AvatarState, voice = SILENCE, calm = false): Pose {
  const director = new Director(() => 0.5, 0);
  let pose = director.pose(0, state, voice, calm);
  for (let frame = 1; frame <= seconds * 60; frame += 1) pose = director.pose(frame / 60, state, voice, calm);
  return pose;
}

describe('the mouth', () => {
  it('opens with a loud vowel within a tenth of a second', () => {
    expect(play(0.1, 'speaking', { viseme: 'aa', loudness: 1 }).mouth.open).toBeGreaterThan(0.5);
  });

  it('closes in silence', () => {
    const director = new Director(() => 0.5, 0);
    for (let frame = 0; frame < 30; frame += 1) director.pose(frame / 60, 'speaking', { viseme: 'aa', loudness: 1 }, false);
    let pose = director.pose(0.5, 'speaking', SILENCE, false);
    for (let frame = 31; frame < 75; frame += 1) pose = director.pose(frame / 60, 'speaking', SILENCE, false);
    expect(pose.mouth.open).toBeLessThan(0.02);
  });

  it('stays shut for p, b, m however loud they are', () => {
    expect(mouthFor('PP', 1)).toMatchObject({ open: 0, press: 1 });
  });

  it('opens wider the louder the same vowel is', () => {
    expect(mouthFor('aa', 0.9).open).toBeGreaterThan(mouthFor('aa', 0.3).open);
  });

  it('is seen to be parted for the softest s, which the tongue makes and not loudness', () => {
    expect(mouthFor('SS', 0.05).open).toBeGreaterThan(0.1);
  });

  it('parts within the first frame of a soft sound after silence', () => {
    const director = new Director(() => 0.5, 0);
    director.pose(0, 'speaking', SILENCE, false);
    expect(director.pose(1 / 60, 'speaking', { viseme: 'E', loudness: 0.1 }, false).mouth.open).toBeGreaterThan(0.1);
  });

  it.each(VISEMES)('draws %s without a broken number', (viseme) => {
    const paths = mouthPaths(mouthFor(viseme, 0.8), 0.4);
    expect(`${paths.lips}${paths.opening}${paths.line}`).not.toMatch(/NaN|Infinity/);
  });

  it('is no opening at all when closed', () => {
    expect(mouthPaths(CLOSED_MOUTH, 0.5).openness).toBe(0);
  });
});

describe('the head', () => {
  it('leans in and tilts while listening', () => {
    const pose = play(2, 'listening');
    expect(pose.lean).toBeGreaterThan(0.45);
    expect(pose.roll).toBeGreaterThan(2);
  });

  it('looks away while thinking', () => {
    expect(play(1, 'thinking').gazeX).toBeLessThan(-0.6);
  });

  it('keeps still under reduced motion, but still speaks', () => {
    const pose = play(3, 'listening', { viseme: 'aa', loudness: 1 }, true);
    expect(Math.abs(pose.yaw) + Math.abs(pose.roll) + pose.lean + pose.breath).toBe(0);
    expect(pose.mouth.open).toBeGreaterThan(0.5);
  });

  it('nods when it is asked to', () => {
    const director = new Director(() => 0.5, 0);
    director.pose(0, 'idle', SILENCE, false);
    const before = director.pose(0.01, 'idle', SILENCE, false).pitch;
    director.nod(0.02);
    expect(director.pose(0.25, 'idle', SILENCE, false).pitch).toBeGreaterThan(before + 0.3);
  });
});

describe('a new picture', () => {
  it('is not needed for a breath nobody can see, and is for a lid that begins to fall', () => {
    expect(looksDifferent({ ...REST, breath: 0.05 }, REST)).toBe(false);
    expect(looksDifferent({ ...REST, blink: 0.05 }, REST)).toBe(true);
    expect(looksDifferent({ ...REST, mouth: { ...CLOSED_MOUTH, open: 0.02 } }, REST)).toBe(true);
  });

  it('is drawn in less than half of the frames while she only breathes and looks about', () => {
    const director = new Director(() => 0.5, 0);
    let drawn = director.pose(0, 'idle', SILENCE, false);
    let pictures = 0;
    for (let frame = 1; frame <= 600; frame += 1) {
      const pose = director.pose(frame / 60, 'idle', SILENCE, false);
      if (!looksDifferent(pose, drawn)) continue;
      pictures += 1;
      drawn = pose;
    }
    expect(pictures).toBeGreaterThan(60);
    expect(pictures).toBeLessThan(300);
  });
});

describe('nods', () => {
  it('leave out one of her own right after one that had a reason', () => {
    const nods = new Nods(() => 0.5);
    const down = (from_s: number, to_s: number) => {
      let deepest = 0;
      for (let at_s = from_s; at_s < to_s; at_s += 1 / 60) deepest = Math.max(deepest, nods.at(at_s, [2.6, 4.6]));
      return deepest;
    };
    expect(down(0, 2.5)).toBe(0);
    nods.asked(2.5);
    expect(down(2.5, 3.5)).toBeGreaterThan(0.6);
    expect(down(3.5, 9)).toBe(0);
    expect(down(9, 11)).toBeGreaterThan(0.6);
  });
});

describe('small movements', () => {
  it('closes the lids fully in a blink and opens them again', () => {
    expect(blinkAt(0.08)).toBe(1);
    expect(blinkAt(0.5)).toBe(0);
  });

  it('makes the second dip of a nod smaller', () => {
    expect(nodAt(0.69, 2)).toBeCloseTo(0.62, 2);
    expect(nodAt(0.69, 1)).toBe(0);
  });

  it('keeps a spring steady after a long frame', () => {
    const spring = new Spring(0, 7.5);
    for (let step = 0; step < 40; step += 1) spring.step(1, 0.25);
    expect(spring.value).toBeCloseTo(1, 3);
  });

  it('levels a quiet voice to the same loudness as a loud one', () => {
    const quiet = new LoudnessLevel();
    const loud = new LoudnessLevel();
    for (let i = 0; i < 600; i += 1) {
      quiet.level(0.03, 1 / 60);
      loud.level(0.3, 1 / 60);
    }
    expect(quiet.level(0.03, 1 / 60)).toBeCloseTo(loud.level(0.3, 1 / 60), 1);
    expect(quiet.level(0.001, 1 / 60)).toBe(0);
  });
});
