import createClient, { type Client } from 'openapi-fetch';

import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** An RFC 9457 problem from the API, or a network that did not answer (`status` null). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly status: number | null,
    readonly type: string,
    readonly detail: string,
    readonly fields: readonly Schemas['FieldProblem'][] = [],
  ) {
    super(detail);
  }

  /** Whether trying the same request again may help. */
  get retryable(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}

export function newClient(): Client<paths> {
  return createClient<paths>({
    baseUrl: window.location.origin,
    credentials: 'same-origin',
    // Looked up at each call, so that what replaces it later is used.
    fetch: (request) => globalThis.fetch(request),
  });
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Returns what the API answered; throws an ApiProblem for anything but success. */
export async function answerOf<T>(request: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await request;
  } catch {
    throw new ApiProblem(null, 'about:blank', 'The server cannot be reached. Check your connection.');
  }
  if (answer.response.ok) return answer.data as T;
  throw problemOf(answer.error, answer.response.status);
}

function problemOf(body: unknown, status: number): ApiProblem {
  if (typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string') {
    const problem = body as Partial<Schemas['Problem']>;
    return new ApiProblem(status, problem.type ?? 'about:blank', problem.detail ?? '', problem.errors ?? []);
  }
  return new ApiProblem(status, 'about:blank', `The server answered with status ${String(status)}.`);
}
