/** A small server behind `fetch`: answers by method and path, and remembers what it was asked. */

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Answer = { status: number; body?: unknown } | 'unreachable';
type Answering = (asked: Asked) => Answer;

export class FakeServer {
  readonly asked: Asked[] = [];
  private readonly answers = new Map<string, Answering>();
  private readonly before = globalThis.fetch;

  constructor() {
    globalThis.fetch = (input) => this.fetch(input as Request);
  }

  on(method: string, path: string, answer: Answering | object): this {
    this.answers.set(`${method} ${path}`, typeof answer === 'function' ? (answer as Answering) : () => ({ status: 200, body: answer }));
    return this;
  }

  requests(method: string, path: string): readonly Asked[] {
    return this.asked.filter((a) => a.method === method && a.path === path);
  }

  restore(): void {
    globalThis.fetch = this.before;
  }

  private async fetch(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname;
    const text = await request.text();
    const json = request.headers.get('content-type')?.includes('json') === true;
    const asked: Asked = { method: request.method, path, headers: request.headers, body: json ? JSON.parse(text) : text };
    this.asked.push(asked);
    const answering = this.answers.get(`${asked.method} ${path}`);
    const answer: Answer = answering?.(asked) ?? problem(404, 'not-found', `Nothing at ${asked.method} ${path}.`);
    if (answer === 'unreachable') throw new TypeError('network');
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
      status: answer.status,
      headers: { 'content-type': answer.status < 400 ? 'application/json' : 'application/problem+json' },
    });
  }
}

export function problem(status: number, kind: string, detail: string): Answer {
  return { status, body: { type: `urn:aila:problem:${kind}`, title: kind, status, detail } };
}
