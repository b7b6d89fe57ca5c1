/** Blinks, glances, nods and smiles: small movements that start at some time and are over soon. */

export type Random = () => number;

const between = (random: Random, low: number, high: number) => low + (high - low) * random();

const BLINK_CLOSE_S = 0.07;
const BLINK_HOLD_S = 0.03;
const BLINK_OPEN_S = 0.12;

/** How far the lids are closed `t` seconds into a blink. */
export function blinkAt(t: number): number {
  if (t < 0) return 0;
  if (t < BLINK_CLOSE_S) return t / BLINK_CLOSE_S;
  if (t < BLINK_CLOSE_S + BLINK_HOLD_S) return 1;
  const opening = (t - BLINK_CLOSE_S - BLINK_HOLD_S) / BLINK_OPEN_S;
  return Math.max(0, 1 - opening);
}

/** Blinks every 2.4 to 5.6 seconds, one in seven twice. */
export class Blinking {
  private next: number;
  private last = -10;

  constructor(private readonly random: Random, now_s: number) {
    this.next = now_s + between(random, 1, 3);
  }

  at(now_s: number): number {
    if (now_s >= this.next) {
      this.last = now_s;
      this.next = now_s + (this.random() < 0.14 ? 0.3 : between(this.random, 2.4, 5.6));
    }
    return blinkAt(now_s - this.last);
  }
}

/** The eyes rest on the viewer and wander a little, every 0.7 to 2.4 seconds. */
export class Glances {
  private next = 0;
  private x = 0;
  private y = 0;

  constructor(private readonly random: Random) {}

  at(now_s: number): { x: number; y: number } {
    if (now_s >= this.next) {
      this.next = now_s + between(this.random, 0.7, 2.4);
      this.x = between(this.random, -0.16, 0.16);
      this.y = between(this.random, -0.1, 0.1);
    }
    return { x: this.x, y: this.y };
  }
}

const NOD_S = 0.46;

/** How far down the head is `t` seconds into a nod of one or two dips, the second smaller. */
export function nodAt(t: number, dips: number): number {
  if (t < 0 || t >= NOD_S * dips) return 0;
  const dip = Math.floor(t / NOD_S);
  return Math.sin((Math.PI * (t % NOD_S)) / NOD_S) * 0.62 ** dip;
}

/** Nods when asked to; in some states by herself, never like clockwork. */
export class Nods {
  private started = -10;
  private dips = 1;
  private depth = 1;
  private next = Number.POSITIVE_INFINITY;

  constructor(private readonly random: Random) {}

  now(at_s: number): void {
    if (at_s - this.started < NOD_S * this.dips) return;
    this.started = at_s;
    this.dips = this.random() < 0.35 ? 2 : 1;
    // No two nods are alike.
    this.depth = between(this.random, 0.7, 1.1);
  }

  /** Nods for a reason: one of her own right after it would be one too many. */
  asked(at_s: number): void {
    this.now(at_s);
    if (Number.isFinite(this.next)) this.next = Math.max(this.next, at_s + between(this.random, 5, 9));
  }

  /** `every_s` is the range of the pauses between nods of her own; null: none. */
  at(now_s: number, every_s: readonly [number, number] | null): number {
    if (every_s === null) this.next = Number.POSITIVE_INFINITY;
    else if (!Number.isFinite(this.next)) this.next = now_s + between(this.random, ...every_s);
    else if (now_s >= this.next) {
      this.now(now_s);
      this.next = now_s + between(this.random, ...every_s);
    }
    return this.depth * nodAt(now_s - this.started, this.dips);
  }
}

export const SMILE_S = 1.8;

/** How much of an extra smile is there `t` seconds after it began. */
export function smileAt(t: number): number {
  if (t < 0 || t > SMILE_S) return 0;
  return Math.sin((Math.PI * t) / SMILE_S) ** 0.7;
}
