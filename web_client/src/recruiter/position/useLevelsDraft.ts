import { useEffect, useState } from 'react';

import type { Levels } from './LevelsFields';

/** Levels of a position that were changed and not saved: kept in this browser tab until they are saved or discarded. */
export function useLevelsDraft(positionId: string) {
  const [draft, setDraft] = useState(() => read(positionId));
  useEffect(() => { keep(positionId, draft); }, [positionId, draft]);
  return [draft, setDraft] as const;
}

const keyOf = (positionId: string) => `aila.levels.${positionId}`;

function keep(positionId: string, draft: Levels | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(keyOf(positionId));
    else sessionStorage.setItem(keyOf(positionId), JSON.stringify(draft));
  } catch {
    // Storage is switched off or full: the draft lasts as long as the page.
  }
}

function read(positionId: string): Levels | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(positionId)) ?? 'null');
    return isLevels(value) ? value : null;
  } catch {
    return null;
  }
}

function isLevels(value: unknown): value is Levels {
  return typeof value === 'object' && value !== null && Object.values(value).every(isLevel);
}

function isLevel(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { required, importance, exceeds_margin } = value as Record<string, unknown>;
  return (required === null || typeof required === 'number') && typeof importance === 'number' && typeof exceeds_margin === 'number';
}
