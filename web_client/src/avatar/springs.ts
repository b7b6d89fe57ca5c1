/** A damped spring: the value follows its target like something with weight. */
export class Spring {
  velocity = 0;

  constructor(public value: number, private readonly frequency: number, private readonly damping = 0.9) {}

  /** Moves on by `dt_s` seconds; stable for long frames, too. */
  step(target: number, dt_s: number): number {
    let left = Math.min(dt_s, 0.25);
    while (left > 0) {
      const dt = Math.min(left, 1 / 120);
      const pull = this.frequency * this.frequency * (target - this.value);
      this.velocity += (pull - 2 * this.damping * this.frequency * this.velocity) * dt;
      this.value += this.velocity * dt;
      left -= dt;
    }
    return this.value;
  }
}

/** Follows exponentially with time constant `tau_s`. */
export function ease(from: number, to: number, dt_s: number, tau_s: number): number {
  return from + (to - from) * (1 - Math.exp(-dt_s / tau_s));
}
