import { en } from './en';

/** The texts of one language; `en` sets the shape, and the type check demands every text of every other. */
export type Messages = typeof en;

interface Language {
  /** As its speakers call it: it is found by those who read nothing else. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly load: () => Promise<Messages>;
}

/** The languages of the candidate's pages; another one is one more file of the same shape, and a line here. */
export const languages = {
  en: { name: 'English', direction: 'ltr', load: () => Promise.resolve(en) },
  de: { name: 'Deutsch', direction: 'ltr', load: () => import('./de').then((m) => m.de) },
} as const satisfies Record<string, Language>;

export type LanguageTag = keyof typeof languages;

export const languageTags = Object.keys(languages) as readonly LanguageTag[];

export function isLanguage(tag: string | null): tag is LanguageTag {
  return tag !== null && Object.hasOwn(languages, tag);
}

/** The first language of `preferred` (BCP 47 tags, the dearest first) that there is; English otherwise. */
export function bestLanguage(preferred: readonly string[]): LanguageTag {
  for (const tag of preferred) {
    const base = tag.split('-')[0]?.toLowerCase() ?? '';
    if (isLanguage(base)) return base;
  }
  return 'en';
}
