import { describe, expect, it } from 'vitest';

import { judge } from './connection';

describe('a trial of the connection', () => {
  const fine = { connect_ms: 800, round_trip_ms: 60, lost: 0.01 };

  it('is good when sound comes back soon and whole', () => {
    expect(judge(fine)).toEqual({ kind: 'good', trial: fine });
  });

  it.each([
    ['takes long to connect', { ...fine, connect_ms: 7_000 }],
    ['takes long there and back', { ...fine, round_trip_ms: 320 }],
    ['loses sound', { ...fine, lost: 0.08 }],
  ])('is weak when it %s', (_why, trial) => {
    expect(judge(trial).kind).toBe('weak');
  });

  it('does not hold against anybody what was not measured', () => {
    expect(judge({ connect_ms: 900, round_trip_ms: null, lost: null }).kind).toBe('good');
  });
});
