/** How much of a sentence that was read aloud has been understood, word by word. */

/** In the language of the interview, whatever the page's: short words and long ones, and every kind of sound. */
export const SENTENCES = [
  'On Monday I met my new colleagues, and we had lunch together near the river.',
  'Last summer we moved to a bigger office with a quiet room for long calls.',
  'The train was late again, so I called the customer and explained what had happened.',
] as const;

export type Understanding = 'good' | 'fair' | 'poor' | 'nothing';

/** A share of words from which Aila's questions and the scores rest on what was really said; set by hand. */
const GOOD_FROM = 0.85;
const FAIR_FROM = 0.5;

function plain(text: string): string[] {
  return text.toLowerCase().replace(/['’]/g, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** The share of the sentence's words that were heard, in their order (longest common subsequence), from 0 to 1. */
export function shareHeard(sentence: string, heard: string): number {
  const wanted = plain(sentence);
  let row = new Array<number>(wanted.length + 1).fill(0);
  for (const word of plain(heard)) {
    const next = [0];
    wanted.forEach((one, i) => { next.push(one === word ? (row[i] ?? 0) + 1 : Math.max(row[i + 1] ?? 0, next[i] ?? 0)); });
    row = next;
  }
  return wanted.length === 0 ? 0 : (row.at(-1) ?? 0) / wanted.length;
}

export function understandingOf(sentence: string, heard: string): Understanding {
  if (plain(heard).length === 0) return 'nothing';
  const share = shareHeard(sentence, heard);
  return share >= GOOD_FROM ? 'good' : share >= FAIR_FROM ? 'fair' : 'poor';
}
