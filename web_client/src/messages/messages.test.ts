import { readFileSync } from 'node:fs';

import { afterEach, expect, it, vi } from 'vitest';

import { de } from './de';
import { en } from './en';
import { bestLanguage } from './languages';
import { chooseLanguage, startLanguage, switchLanguage } from './index';

afterEach(async () => { await switchLanguage('en'); });

/** Words that are the same in both languages. */
const SAME_IN_BOTH = ['common.aila', 'notFound.studio', 'interview.pause'];

/** Every text with its path; functions are called with numbers and names. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    return [0, 1, 2, 1234].map((n) => [`${path}(${String(n)})`, (value as (...a: unknown[]) => string)(n, 8)]);
  }
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, path === '' ? key : `${path}.${key}`));
}

it('has every text in every language, none empty, none left in the other', () => {
  const english = new Map(texts(en));
  const german = new Map(texts(de));
  expect([...german.keys()]).toEqual([...english.keys()]);
  for (const [path, text] of german) expect(text.trim(), path).not.toBe('');
  const same = [...german].filter(([path, text]) => english.get(path) === text && /[a-z]{3}/i.test(text)).map(([path]) => path);
  expect(same.filter((path) => !SAME_IN_BOTH.some((known) => path.startsWith(known)))).toEqual([]);
});

it('speaks to people formally in German, and writes German quotation marks', () => {
  for (const [path, text] of texts(de)) {
    expect(text, path).not.toMatch(/\b(du|dein\w*|dich|dir|euch)\b/i);
    expect(text, path).not.toMatch(/"|“[^„]*”/);
  }
});

it('takes the first language of the browser that there is', () => {
  expect(bestLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(bestLanguage(['en-GB', 'de'])).toBe('en');
  expect(bestLanguage(['tlh', 'constructor'])).toBe('en');
  expect(bestLanguage([])).toBe('en');
});

it('remembers a choice, and names the language to the browser', async () => {
  await chooseLanguage('de');
  expect(document.documentElement.lang).toBe('de');
  expect(document.documentElement.dir).toBe('ltr');
  await switchLanguage('en');
  await startLanguage();
  expect(document.documentElement.lang).toBe('de');
});

it('follows the browser where nothing was chosen, and a choice made in another tab', async () => {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['de-CH', 'en']);
  await startLanguage();
  expect(document.documentElement.lang).toBe('de');
  window.dispatchEvent(new StorageEvent('storage', { key: 'aila.language', newValue: 'en' }));
  await vi.waitFor(() => { expect(document.documentElement.lang).toBe('en'); });
  window.dispatchEvent(new StorageEvent('storage', { key: 'aila.language', newValue: 'nonsense' }));
  expect(document.documentElement.lang).toBe('en');
});

interface Rubric { readonly criteria: readonly { readonly id: string; readonly behaviours: readonly { readonly id: string }[] }[] }

it('has its own words for every criterion and behaviour of the rubrics that ship', () => {
  const prepared = JSON.parse(readFileSync('../scoring/rubrics/prepared.json', 'utf8')) as { files: Record<string, Rubric> };
  const criteria = Object.values(prepared.files).flatMap((rubric) => rubric.criteria);
  const behaviours = criteria.flatMap((criterion) => criterion.behaviours);
  expect(behaviours.length).toBeGreaterThan(0);
  for (const { sheet } of [en, de]) {
    expect(Object.keys(sheet.criteria)).toEqual(expect.arrayContaining(criteria.map(({ id }) => id)));
    expect(Object.keys(sheet.behaviours)).toEqual(expect.arrayContaining(behaviours.map(({ id }) => id)));
  }
});
