import { useCallback, useEffect, useState } from 'react';

import { useMessages } from '../../messages';
import type { Control } from '../core/topics';
import { shortcutsStore } from '../memory';

export interface Shortcuts {
  readonly on: boolean;
  setOn(on: boolean): void;
}

interface ShortcutOptions {
  ask: (control: Control, name: string) => void;
  toggleMute: () => void;
  toggleQuestion: () => void;
  paused: boolean;
  active: boolean;
}

const fields = 'input, textarea, select, [contenteditable="true"]';

/** Single keys for the controls; they can be switched off (WCAG 2.1.4), and are silent while typing. */
export function useShortcuts({ ask, toggleMute, toggleQuestion, paused, active }: ShortcutOptions): Shortcuts {
  const t = useMessages().interview;
  const [on, setOnState] = useState(shortcutsStore.read);
  const setOn = useCallback((now: boolean) => {
    shortcutsStore.write(now);
    setOnState(now);
  }, []);

  useEffect(() => {
    if (!on || !active) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest(fields) !== null) return;
      const key = event.key.toLowerCase();
      if (event.shiftKey) {
        if (key === 's') ask('skip', t.skip);
        return;
      }
      if (key === 'm') toggleMute();
      else if (key === 'd') ask('done', t.done);
      else if (key === 'r') ask('repeat', t.repeat);
      else if (key === 't') ask('moment', t.moment);
      else if (key === 'q') toggleQuestion();
      else if (key === 'p') ask(paused ? 'resume' : 'pause', paused ? t.resume : t.pause);
    };
    window.addEventListener('keydown', onKey);
    return () => { window.removeEventListener('keydown', onKey); };
  }, [on, active, ask, toggleMute, toggleQuestion, paused, t]);

  return { on, setOn };
}
