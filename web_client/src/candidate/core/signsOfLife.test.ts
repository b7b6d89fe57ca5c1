import { describe, expect, it } from 'vitest';

import { MISSED_AFTER_MS, SignsOfLife } from './signsOfLife';

function lookUntil(signs: SignsOfLife, from_ms: number, until_ms: number): boolean[] {
  const found: boolean[] = [];
  for (let at_ms = from_ms; at_ms <= until_ms; at_ms += 500) found.push(signs.look(at_ms));
  return found;
}

describe('signs of life', () => {
  it('are missed once when they stop, and their return is noticed once', () => {
    const signs = new SignsOfLife();
    signs.heard(1_000);
    expect(lookUntil(signs, 1_500, 1_000 + MISSED_AFTER_MS)).not.toContain(true);
    expect(lookUntil(signs, 1_500 + MISSED_AFTER_MS, 9_000).filter(Boolean)).toHaveLength(1);
    expect(signs.missed).toBe(true);
    expect(signs.heard(9_100)).toBe(true);
    expect(signs.heard(10_100)).toBe(false);
  });

  it('are not missed before the first, nor after she has left', () => {
    const signs = new SignsOfLife();
    expect(lookUntil(signs, 0, 20_000)).not.toContain(true);
    signs.heard(20_100);
    signs.expectNothing();
    expect(lookUntil(signs, 20_500, 40_000)).not.toContain(true);
  });

  it('are not missed by a page that slept itself', () => {
    const signs = new SignsOfLife();
    signs.heard(1_000);
    expect(signs.look(1_500)).toBe(false);
    expect(signs.look(61_500)).toBe(false);
    expect(signs.look(62_000)).toBe(false);
  });
});
