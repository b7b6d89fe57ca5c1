/** English in brackets: what has none around it on a page does not come from the messages. */

import { en } from '../messages/en';
import type { Messages } from '../messages';

function bracketed(value: unknown): unknown {
  if (typeof value === 'string') return `⟦${value}⟧`;
  if (typeof value === 'function') {
    return (...given: unknown[]) => bracketed((value as (...given: unknown[]) => unknown)(...given));
  }
  if (Array.isArray(value)) return value.map(bracketed);
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, bracketed(inner)]));
}

/** The shape of a language file, under the tag `language`, which Intl and the language switch know. */
export function pseudoLocale(language: string): Messages {
  return { ...(bracketed(en) as Messages), language };
}

const READ_OUT = ['aria-label', 'placeholder', 'title', 'alt'] as const;

/** Words on the page, read out or shown, that are neither in brackets nor in `data`. */
export function wordsNotFromMessages(data: readonly string[]): string[] {
  const texts: string[] = [document.title.replace(/ · Aila$/, '')];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Element) {
      for (const name of READ_OUT) texts.push(node.getAttribute(name) ?? '');
    } else if (node.parentElement?.closest('time') == null) { // a time's words are Intl's
      texts.push(node.textContent ?? '');
    }
  }
  return texts.filter((text) => /\p{L}/u.test(withoutData(withoutBrackets(text), data)));
}

function withoutBrackets(text: string): string {
  const inner = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return inner === text ? text : withoutBrackets(inner);
}

function withoutData(text: string, data: readonly string[]): string {
  const longestFirst = [...data].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((left, known) => left.replaceAll(known, ''), text);
}
