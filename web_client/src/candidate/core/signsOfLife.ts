/** Whether Aila is really there: LiveKit goes on showing a dead agent, or a dead network, for many seconds. */

import type { Milliseconds } from './topics';

/** She gives a sign every second; three may be lost before she is missed. */
export const MISSED_AFTER_MS: Milliseconds = 3_500;
/** A page that slept longer than this between two looks has missed signs by itself. */
const SLEPT_MS: Milliseconds = 2_000;

export class SignsOfLife {
  private last_ms: Milliseconds | null = null;
  private looked_ms: Milliseconds | null = null;
  private missing = false;

  get missed(): boolean {
    return this.missing;
  }

  /** A sign came; true if she was missed until now. */
  heard(at_ms: Milliseconds): boolean {
    const back = this.missing;
    this.last_ms = at_ms;
    this.missing = false;
    return back;
  }

  /** She left, or has not come: nothing is expected before her first sign. */
  expectNothing(): void {
    this.last_ms = null;
    this.missing = false;
  }

  /** To be called about twice a second; true when she begins to be missed. */
  look(at_ms: Milliseconds): boolean {
    const slept = this.looked_ms !== null && at_ms - this.looked_ms > SLEPT_MS;
    this.looked_ms = at_ms;
    if (this.last_ms === null || this.missing) return false;
    if (slept) {
      this.last_ms = at_ms;
      return false;
    }
    this.missing = at_ms - this.last_ms > MISSED_AFTER_MS;
    return this.missing;
  }
}
