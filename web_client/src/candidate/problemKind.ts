import { ApiProblem } from '../api/client';
import { presentMessages, type Messages } from '../messages';

/** What went wrong, as the candidate's pages tell it: each kind has its words in every language. */
export type ProblemKind = keyof Messages['problems'];

const PREFIX = 'urn:aila:problem:';

/** The kind of an error; `other` for what candidates have no words for. The API's own words are for programmers. */
export function problemKindOf(error: unknown): ProblemKind {
  if (!(error instanceof ApiProblem)) return 'other';
  if (error.status === null) return 'unreachable';
  const kind = error.type.startsWith(PREFIX) ? error.type.slice(PREFIX.length) : '';
  return Object.hasOwn(presentMessages().problems, kind) ? (kind as ProblemKind) : 'other';
}

/** What went wrong, in the candidate's language. */
export function problemWords(error: unknown, t: Messages): string {
  return t.problems[problemKindOf(error)];
}
