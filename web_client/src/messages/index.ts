/** The language of the candidate's pages: found in the browser's settings, switched by the candidate, remembered. */

import { useSyncExternalStore } from 'react';

import { en } from './en';
import { bestLanguage, isLanguage, languages, type LanguageTag, type Messages } from './languages';

const STORED_AS = 'aila.language';

let shown: Messages = en;
let wanted: LanguageTag = 'en';
const watchers = new Set<() => void>();

function remembered(): LanguageTag | null {
  try {
    const stored = localStorage.getItem(STORED_AS);
    return isLanguage(stored) ? stored : null;
  } catch {
    return null; // storage is switched off
  }
}

function remember(language: LanguageTag): void {
  try {
    localStorage.setItem(STORED_AS, language);
  } catch {
    // Storage is switched off or full: the choice holds until the page is closed.
  }
}

function show(messages: Messages, language: LanguageTag): void {
  shown = messages;
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].direction;
  for (const watcher of watchers) watcher();
}

/** Shows `language` as soon as its texts are there; the newest wish wins, and texts that do not come change nothing. */
export async function switchLanguage(language: LanguageTag): Promise<void> {
  wanted = language;
  try {
    const messages = await languages[language].load();
    if (wanted === language) show(messages, language);
  } catch {
    if (wanted === language) wanted = bestLanguage([shown.language]);
  }
}

/** The candidate's own choice: switched to, and remembered on this device. */
export function chooseLanguage(language: LanguageTag): Promise<void> {
  remember(language);
  return switchLanguage(language);
}

/** Shows the remembered language, or else the one that the browser asks for; follows a choice made in another tab. */
export function startLanguage(): Promise<void> {
  window.addEventListener('storage', (event) => {
    if (event.key === STORED_AS && isLanguage(event.newValue)) void switchLanguage(event.newValue);
  });
  return switchLanguage(remembered() ?? bestLanguage(navigator.languages));
}

/** The texts in the present language, for what is no component. */
export function presentMessages(): Messages {
  return shown;
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => { watchers.delete(changed); };
}

/** The texts in the present language; the component is drawn again when that changes. */
export function useMessages(): Messages {
  return useSyncExternalStore(watch, () => shown);
}

export type { LanguageTag, Messages };
