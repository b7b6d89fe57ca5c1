import { Blinking, Glances, Nods, smileAt, type Random } from './gestures';
import { CLOSED_MOUTH, STATE_TARGETS, type AvatarState, type Mouth, type Pose } from './pose';
import { ease, Spring } from './springs';
import { approachMouth, mouthFor, type Viseme } from './visemes';

/** What is heard of her voice right now. */
export interface Voice {
  viseme: Viseme;
  /** 0..1, levelled. */
  loudness: number;
}

export const SILENCE: Voice = { viseme: 'sil', loudness: 0 };

const NODDING: Partial<Record<AvatarState, readonly [number, number]>> = {
  listening: [2.6, 4.6],
  waiting: [5, 8],
};
const BREATH_S = 4.2;

/** Turns states, cues and voice into a pose for each frame. Holds no clock: time is passed in. */
export class Director {
  private readonly yaw = new Spring(0, 7.5);
  private readonly pitch = new Spring(0, 7.5);
  private readonly roll = new Spring(0, 6);
  private readonly lean = new Spring(0, 5);
  private readonly blinking: Blinking;
  private readonly glances: Glances;
  private readonly nods: Nods;
  private smile = 0.46;
  private brow = 0;
  private browTilt = 0;
  private gazeX = 0;
  private gazeY = 0;
  private mouth: Mouth = CLOSED_MOUTH;
  private emphasis = 0;
  private smiledAt_s = -10;
  private last_s: number;

  constructor(random: Random, now_s: number) {
    this.blinking = new Blinking(random, now_s);
    this.glances = new Glances(random);
    this.nods = new Nods(random);
    this.last_s = now_s;
  }

  nod(now_s: number): void {
    this.nods.asked(now_s);
  }

  encourage(now_s: number): void {
    this.smiledAt_s = now_s;
    this.nods.asked(now_s);
  }

  /** The pose at `now_s`; `calm` leaves only lips, blinks and the expression. */
  pose(now_s: number, state: AvatarState, voice: Voice, calm: boolean): Pose {
    const dt = Math.max(0, Math.min(0.25, now_s - this.last_s));
    this.last_s = now_s;
    const target = STATE_TARGETS[state];
    const extraSmile = smileAt(now_s - this.smiledAt_s);
    this.settleFace(state, voice, extraSmile, dt);
    const glance = this.glances.at(now_s);
    const nod = this.nods.at(now_s, calm ? null : (NODDING[state] ?? null));
    const sway = calm ? 0 : 1;
    return {
      yaw: this.yaw.step(sway * (target.yaw + 0.05 * Math.sin(now_s * 0.61) + 0.03 * Math.sin(now_s * 1.13)), dt),
      pitch: this.pitch.step(sway * (target.pitch + 0.03 * Math.sin(now_s * 0.83)), dt) + sway * (0.42 * nod + 0.1 * this.emphasis),
      roll: this.roll.step(sway * (target.roll + 0.7 * Math.sin(now_s * 0.47)), dt),
      lean: this.lean.step(sway * target.lean, dt),
      breath: calm ? 0 : 0.5 - 0.5 * Math.cos((2 * Math.PI * now_s) / BREATH_S),
      blink: this.blinking.at(now_s),
      squint: Math.max(0.85 * extraSmile, this.smile > 0.6 ? (this.smile - 0.6) * 0.8 : 0),
      gazeX: this.gazeX + (calm ? 0 : glance.x),
      gazeY: this.gazeY + (calm ? 0 : glance.y),
      brow: this.brow,
      browTilt: this.browTilt,
      smile: this.smile,
      mouth: this.mouth,
    };
  }

  private settleFace(state: AvatarState, voice: Voice, extraSmile: number, dt: number): void {
    const target = STATE_TARGETS[state];
    const speaking = voice.loudness > 0.05 ? 1 : 0;
    const smile = Math.min(1, target.smile * (1 - 0.35 * speaking) + 0.42 * extraSmile);
    // A rise in loudness is a stressed syllable: brows up, a small dip of the head.
    this.emphasis = ease(this.emphasis, voice.loudness > 0.62 ? 1 : 0, dt, 0.18);
    this.smile = ease(this.smile, smile, dt, 0.18);
    this.brow = ease(this.brow, target.brow + 0.22 * this.emphasis + 0.15 * extraSmile, dt, 0.16);
    this.browTilt = ease(this.browTilt, target.browTilt, dt, 0.2);
    this.gazeX = ease(this.gazeX, target.gazeX, dt, 0.09);
    this.gazeY = ease(this.gazeY, target.gazeY, dt, 0.09);
    const wanted = speaking ? mouthFor(voice.viseme, voice.loudness) : { ...CLOSED_MOUTH, press: target.press };
    this.mouth = approachMouth(this.mouth, wanted, dt);
  }
}
