import { createContext, useContext } from 'react';

/**
 * The language of the interview (BCP 47), which need not be the page's: what Aila and the candidate say
 * is marked with it, so that it is read out, hyphenated and spell-checked as what it is.
 */
export const InterviewLanguage = createContext('en');

export function useInterviewLanguage(): string {
  return useContext(InterviewLanguage);
}

/** What `language` is called in the language of the page. */
export function languageName(language: string, pageLanguage: string): string {
  return new Intl.DisplayNames([pageLanguage], { type: 'language' }).of(language) ?? language;
}
