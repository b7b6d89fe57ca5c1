import { describe, expect, it } from 'vitest';

import { browserOf, hear, levelDbfs, meter, refusalOf, SILENCE_AFTER_MS, startHearing } from './microphone';

describe('the level', () => {
  it('of a full-scale square wave is 0 dB, of silence minus infinity', () => {
    expect(levelDbfs(new Float32Array([1, -1, 1, -1]))).toBeCloseTo(0, 9);
    expect(levelDbfs(new Float32Array(8))).toBe(-Infinity);
  });

  it('fills the meter between -60 and -12 dB', () => {
    expect([meter(-70), meter(-36), meter(-12), meter(0)]).toEqual([0, 0.5, 1, 1]);
  });
});

describe('hearing', () => {
  it('calls a microphone silent only after five seconds of nothing', () => {
    const start = startHearing(1_000);
    expect(hear(start, -Infinity, 1_000 + SILENCE_AFTER_MS - 1).silent).toBe(false);
    expect(hear(start, -Infinity, 1_000 + SILENCE_AFTER_MS).silent).toBe(true);
  });

  it('begins anew with every sound', () => {
    const silent = hear(startHearing(0), -90, 7_000);
    expect(silent.silent).toBe(true);
    expect(hear(silent, -20, 7_100)).toMatchObject({ silent: false, ever_heard: true, heard_at_ms: 7_100 });
  });
});

describe('a refusal', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['StrangeError', 'unknown'],
  ] as const)('%s means %s', (name, refusal) => {
    expect(refusalOf(name, true)).toBe(refusal);
  });

  it('is blamed on the address where the page is not secure', () => {
    expect(refusalOf('TypeError', false)).toBe('insecure');
  });
});

describe('the browser', () => {
  it.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'ios_safari'],
    ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36', 'android_chrome'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0', 'edge'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'firefox'],
    ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15', 'safari'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36', 'chrome'],
    ['curl/8', 'other'],
  ] as const)('%s is %s', (agent, browser) => {
    expect(browserOf(agent)).toBe(browser);
  });
});
