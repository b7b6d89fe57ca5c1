/** What this browser remembers of an interview, so that a reload does not ask again. Nothing said is kept here. */

import type { Consents } from './core/journey';

/** The link itself is a key to the interview: only the end of it names what is remembered. */
export const ownerOf = (token: string) => token.slice(-16);

const keyOf = (token: string, what: string) => `aila.${what}.${ownerOf(token)}`;

/** Where storage is switched off, reading the property alone throws. */
const lasting = (): Storage => localStorage;
const thisTab = (): Storage => sessionStorage;

function read(key: string, store = lasting): string | null {
  try {
    return store().getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null, store = lasting): void {
  try {
    if (value === null) store().removeItem(key);
    else store().setItem(key, value);
  } catch {
    // Storage is switched off or full: the page works without it.
  }
}

export function rememberConsents(token: string, consents: Consents): void {
  write(keyOf(token, 'consents'), JSON.stringify(consents));
}

function isTextRead(value: unknown): value is NonNullable<Consents['text']> {
  if (typeof value !== 'object' || value === null) return false;
  const { version, language } = value as Record<string, unknown>;
  return typeof version === 'string' && typeof language === 'string';
}

export function rememberedConsents(token: string): Consents | null {
  return consentsIn(read(keyOf(token, 'consents')));
}

/** What was agreed to on the way to the devices: in this tab alone, as nothing of it is stored yet. */
export const checkingStore = {
  read: (token: string) => consentsIn(read(keyOf(token, 'checking'), thisTab)),
  write: (token: string, consents: Consents | null) => {
    write(keyOf(token, 'checking'), consents === null ? null : JSON.stringify(consents), thisTab);
  },
};

function consentsIn(json: string | null): Consents | null {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { interview, recording, camera, text } = value as Record<string, unknown>;
    if (interview !== true || typeof recording !== 'boolean') return null;
    const given = { interview, recording, camera: camera === true };
    return isTextRead(text) ? { ...given, text } : given;
  } catch {
    return null;
  }
}

/** Forgets what this browser remembers of an invitation. */
export function forget(token: string): void {
  write(keyOf(token, 'consents'), null);
  checkingStore.write(token, null);
}

/** Drafts and unsent answers are the candidate's own words: on this device only, and gone when sent. */
export const draftStore = {
  read: (session_id: string) => read(`aila.draft.${session_id}`) ?? '',
  write: (session_id: string, draft: string) => { write(`aila.draft.${session_id}`, draft === '' ? null : draft); },
};

export const outboxStore = {
  read: (session_id: string) => read(`aila.outbox.${session_id}`),
  write: (session_id: string, json: string | null) => { write(`aila.outbox.${session_id}`, json); },
};

export const shortcutsStore = {
  read: () => read('aila.shortcuts') !== 'off',
  write: (on: boolean) => { write('aila.shortcuts', on ? 'on' : 'off'); },
};
