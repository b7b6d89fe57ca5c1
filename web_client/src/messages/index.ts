import { en, type Messages } from './en';

/** The languages of the candidate's pages; another one is one more file of the same shape. */
const languages: Readonly<Record<string, Messages>> = { en };

/** The texts in the first language of `preferred` that there is; English otherwise. */
export function messagesFor(preferred: readonly string[]): Messages {
  for (const tag of preferred) {
    const found = languages[tag.split('-')[0]?.toLowerCase() ?? ''];
    if (found !== undefined) return found;
  }
  return en;
}

const chosen = messagesFor(navigator.languages);

export function useMessages(): Messages {
  return chosen;
}

export type { Messages };
