/** The words that the recruiters' pages use for what the API answers. */

import type { Schemas } from '../../api/client';
import type { IconName } from '../../design/Icon';

export type Fit = NonNullable<Schemas['RankedCriterion']['fit']>;
export type Status = Schemas['RankingRow']['status'];
export type Decision = Schemas['DecisionRequest']['decision'];

type Tone = 'plain' | 'good' | 'accent' | 'caution' | 'warm' | 'danger';

interface Labelled {
  readonly words: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

/** Each fit has its own word and sign besides its colour. */
export const fits: Readonly<Record<Fit, Labelled>> = {
  exceeds: { words: 'exceeds', tone: 'accent', icon: 'up' },
  fit: { words: 'fits', tone: 'good', icon: 'check' },
  uncertain: { words: 'uncertain', tone: 'caution', icon: 'question' },
  below: { words: 'below', tone: 'warm', icon: 'down' },
  not_asked: { words: 'not asked', tone: 'plain', icon: 'equal' },
};

export const statuses: Readonly<Record<Status, Labelled>> = {
  created: { words: 'not begun', tone: 'plain', icon: 'clock' },
  active: { words: 'in progress', tone: 'accent', icon: 'play' },
  ended: { words: 'waiting for scoring', tone: 'caution', icon: 'clock' },
  processing: { words: 'being scored', tone: 'caution', icon: 'clock' },
  scored: { words: 'scored', tone: 'good', icon: 'check' },
  failed: { words: 'scoring failed', tone: 'danger', icon: 'alert' },
};

export const decisions: Readonly<Record<Decision, { words: string; hint: string }>> = {
  invite: { words: 'Invite to the next step', hint: 'You want to meet this candidate.' },
  talk_first: { words: 'Talk first', hint: 'Something should be cleared up in a short call.' },
  hold: { words: 'Hold', hint: 'Decide later; the candidate stays in the list.' },
};

export const levels = ['none', 'low', 'medium', 'high'] as const;
export const importances: Readonly<Record<number, string>> = { 1: 'useful', 2: 'important', 3: 'essential' };

/** How an importance is said in "If teamwork …". */
export function importanceWords(importance: number): string {
  return importance === 0 ? 'did not count' : `were ${importances[importance] ?? String(importance)}`;
}

/** Steps of how far above the required level a score exceeds it. */
export const margins: Readonly<Record<string, string>> = {
  0.25: '0.25 above',
  0.5: '0.5 above',
  0.75: '0.75 above',
  1: '1 above',
  1.5: '1.5 above',
};


/** A score as "2.1", with its interval "1.5 to 2.6"; a dash where there is none. */
export function scoreWords(score: number | null, interval: readonly number[] | null): string {
  if (score === null) return '–';
  if (interval === null) return score.toFixed(1);
  return `${score.toFixed(1)} (${interval.map((x) => x.toFixed(1)).join(' to ')})`;
}

const reasons: Readonly<Record<string, string>> = {
  not_asked: 'no question asked for it',
  no_evidence: 'nothing was found in the answers',
  too_little: 'too little was said',
  recognition: 'the words were recognised too poorly',
};

/** Why a criterion has no score, in words; an unknown reason is shown as it is. */
export function reasonWords(reason: string | null): string {
  if (reason === null) return 'not scored';
  return reasons[reason] ?? reason.replaceAll('_', ' ');
}

/** A moment as the reader's own date and time. */
export function moment(iso: string | null): string {
  return iso === null ? '–' : new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
