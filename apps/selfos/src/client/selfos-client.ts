import type { Contract, Plain, Problem, Route } from '@selfos/contracts';
import type { z } from 'zod';

type BodyOf<R extends Route> = R['body'] extends Contract<infer S> ? z.input<S> : undefined;
/** What a route answers, in the shape a client sees. */
export type AnswerOf<R extends Route> = R['response'] extends Contract ? Plain<R['response']> : undefined;

export interface CallInput<R extends Route> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: BodyOf<R>;
  /** Sent as `Idempotency-Key`. */
  readonly key?: string;
  /** Sent as `If-Match`: the version last seen. */
  readonly version?: number;
}

/** One request and its answer, for those who want to watch. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  readonly answer: unknown;
}

/** An answer that is not the one hoped for, with its problem details (RFC 9457). */
export class ProblemAnswer extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    super(`${String(status)} ${problem.code ?? ''} ${problem.title ?? ''} ${problem.detail ?? ''}`.trim());
    this.name = 'ProblemAnswer';
  }
}

const ATTEMPTS = 3;

/** Plain REST against the gateway, typed by the contracts: what a client without cryptography does. */
export class SelfosClient {
  private token: string | undefined;

  constructor(
    readonly baseUrl: string,
    private readonly watch: (exchange: Exchange) => void = () => undefined,
  ) {}

  signInWith(accessToken: string | undefined): void {
    this.token = accessToken;
  }

  /** Sends one request; resolves with the parsed answer, throws {@link ProblemAnswer} for any status of 400 or more. */
  async call<R extends Route>(route: R, input: CallInput<R> = {}): Promise<AnswerOf<R>> {
    const path = pathOf(route, input);
    const response = await this.send(path, this.request(route, input));
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    this.watch({ method: route.method, path, status: response.status, body: input.body, answer });
    if (response.status >= 400) throw new ProblemAnswer(response.status, (answer ?? {}) as Partial<Problem>);
    return answer as AnswerOf<R>;
  }

  /** Opens a streaming answer; yields each server-sent event as it comes. */
  async *stream<R extends Route>(route: R, input: CallInput<R> = {}): AsyncGenerator<{ event: string; data: unknown }> {
    const request = this.request(route, input);
    const response = await fetch(this.baseUrl + pathOf(route, input), { ...request, headers: { ...request.headers, accept: 'text/event-stream' } });
    if (response.status >= 400 || response.body === null) throw new ProblemAnswer(response.status, (await response.json()) as Partial<Problem>);
    let buffer = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      buffer += chunk;
      const frames = buffer.split('\n\n');
      buffer = frames.pop() ?? '';
      yield* frames.flatMap(parseFrame);
    }
  }

  /** A kept connection may be closed by the other end just as it is used: what can be repeated without harm is, a few times. */
  private async send(path: string, request: ReturnType<SelfosClient['request']>): Promise<Response> {
    const harmless = request.method === 'GET' || 'idempotency-key' in request.headers;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await fetch(this.baseUrl + path, request);
      } catch (error) {
        if (!harmless || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, attempt * 100));
      }
    }
  }

  private request<R extends Route>(route: R, input: CallInput<R>): { method: string; headers: Record<string, string>; body?: string } {
    const headers: Record<string, string> = {};
    if (this.token !== undefined) headers['authorization'] = `Bearer ${this.token}`;
    if (input.key !== undefined) headers['idempotency-key'] = input.key;
    if (input.version !== undefined) headers['if-match'] = `"${String(input.version)}"`;
    if (input.body === undefined) return { method: route.method, headers };
    return { method: route.method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(input.body) };
  }
}

function pathOf(route: Route, input: { params?: Readonly<Record<string, string>>; query?: Readonly<Record<string, string | number>> }): string {
  const path = route.path.replace(/:([a-z_]+)/g, (_match, name: string) => encodeURIComponent(input.params?.[name] ?? ''));
  const query = new URLSearchParams(Object.entries(input.query ?? {}).map(([key, value]): [string, string] => [key, String(value)])).toString();
  return query === '' ? path : `${path}?${query}`;
}

function parseFrame(frame: string): { event: string; data: unknown }[] {
  const lines = frame.split('\n');
  const event = lines.find((line) => line.startsWith('event:'))?.slice(6).trim() ?? 'message';
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim()).join('\n');
  return data === '' ? [] : [{ event, data: JSON.parse(data) as unknown }];
}
