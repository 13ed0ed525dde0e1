import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

export type Reply = (response: ServerResponse) => void | Promise<void>;

/** A server on a free local port that answers as it is told, and remembers what it was asked. */
export class ProviderServer {
  readonly seen: SeenRequest[] = [];
  /** What a GET is answered with: lists of models. Such requests are not among `seen`. */
  list: Reply = (response) => void response.writeHead(404).end();
  reply: Reply = (response) => void response.writeHead(500).end();
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      await this.list(response);
      return;
    }
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    this.seen.push({ path: request.url ?? '', headers: request.headers, body: bodyIn(text) });
    await this.reply(response);
  }
}

/** A body that is no JSON is kept as it came. */
function bodyIn(text: string): Record<string, unknown> {
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { raw: text };
}

/** How one maker's interface puts things on the wire. */
export interface Wire {
  readonly contentType: string;
  /** A whole streamed answer with this text in two pieces, that used 11 and 7 tokens; as written lines. */
  whole(text: string): string[];
  /** The answer of a model that will not; absent where the interface has no word for it. */
  refusal?(): string[];
  errorBody(status: number, options?: { readonly retrySeconds?: number }): string;
  /** A stream's line that no client can read. */
  readonly garbage: string;
  /** The body that lists these models. */
  list(ids: readonly string[]): string;
}

const halves = (text: string): [string, string] => [text.slice(0, Math.ceil(text.length / 2)), text.slice(Math.ceil(text.length / 2))];
const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const event = (value: { readonly type: string }): string => `event: ${value.type}\n${data(value)}`;

const claudeStart = { type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 11, output_tokens: 1 } } };
const claudeStop = (reason: string): string[] => [event({ type: 'content_block_stop', index: 0 } as never), event({ type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 7 } } as never), event({ type: 'message_stop' })];

/** Anthropic Messages, version 2026-10-21. */
export const claudeWire: Wire = {
  contentType: 'text/event-stream',
  whole: (text) => [
    event(claudeStart), event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never), event({ type: 'ping' }),
    ...halves(text).map((half) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: half } } as never)), ...claudeStop('end_turn'),
  ],
  refusal: () => [event(claudeStart), ...claudeStop('refusal')],
  errorBody: (status) => JSON.stringify({ type: 'error', error: { type: { 401: 'authentication_error', 429: 'rate_limit_error', 529: 'overloaded_error' }[status] ?? 'api_error', message: 'no' }, request_id: 'r' }),
  garbage: 'event: content_block_delta\ndata: {"type":"content_blo\n\n',
  list: (ids) => JSON.stringify({ data: ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' })), has_more: false, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null }),
};

const gpt = (delta: object, finish: string | null = null): string => data({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] });

/** OpenAI chat completions. */
export const gptWire: Wire = {
  contentType: 'text/event-stream',
  whole: (text) => [
    gpt({ role: 'assistant', content: '' }), ...halves(text).map((content) => gpt({ content })), gpt({}, 'stop'),
    data({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 } }), 'data: [DONE]\n\n',
  ],
  refusal: () => [gpt({ role: 'assistant', refusal: 'I will not' }), gpt({}, 'stop'), 'data: [DONE]\n\n'],
  errorBody: (status) => JSON.stringify({ error: { message: 'no', type: status === 429 ? 'requests' : 'server_error', param: null, code: status === 429 ? 'rate_limit_exceeded' : null } }),
  garbage: 'data: {"id":"c","choi\n\n',
  list: (ids) => JSON.stringify({ object: 'list', data: ids.map((id) => ({ id, object: 'model', created: 1, owned_by: 'maker', shutdown_date: id.startsWith('old') ? '2027-02-26' : null })) }),
};

const gemini = (parts: object[], more: object = {}): string => data({ candidates: [{ content: { role: 'model', parts }, index: 0, ...more }], usageMetadata: { promptTokenCount: 11, candidatesTokenCount: 7, totalTokenCount: 18 } });

/** Gemini generateContent, v1beta. */
export const geminiWire: Wire = {
  contentType: 'text/event-stream',
  whole: (text) => [gemini([{ text: 'hm', thought: true }]), ...halves(text).map((half, index) => gemini([{ text: half }], index === 1 ? { finishReason: 'STOP' } : {}))],
  refusal: () => [data({ promptFeedback: { blockReason: 'SAFETY' } })],
  errorBody: (status, options) =>
    JSON.stringify({ error: { code: status, message: 'no', status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'UNAVAILABLE', details: options?.retrySeconds === undefined ? [] : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${options.retrySeconds}s` }] } }),
  garbage: 'data: {"candidates":[{"con\n\n',
  list: (ids) => JSON.stringify({ models: ids.map((id) => ({ name: `models/${id}`, version: '1', displayName: id })) }),
};

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** Ollama /api/chat: lines of JSON. */
export const ollamaWire: Wire = {
  contentType: 'application/x-ndjson',
  whole: (text) => [
    ...halves(text).map((content) => line({ model: 'm', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content }, done: false })),
    line({ model: 'm', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 11, eval_count: 7 }),
  ],
  errorBody: () => JSON.stringify({ error: 'no' }),
  garbage: '{"model":"m","mess\n',
  list: (ids) => JSON.stringify({ models: ids.map((id) => ({ name: `${id}:latest`, model: `${id}:latest`, size: 1, digest: 'd', modified_at: '2026-01-01T00:00:00Z', details: {} })) }),
};

/** Answers with these lines, whole. */
export function lines(wire: Wire, written: readonly string[]): Reply {
  return (response) => void response.writeHead(200, { 'content-type': wire.contentType }).end(written.join(''));
}

/** Begins the answer and hangs up. */
export function cut(wire: Wire, text: string): Reply {
  return async (response) => {
    const whole = wire.whole(text);
    response.writeHead(200, { 'content-type': wire.contentType });
    response.write(whole.slice(0, Math.ceil(whole.length / 2)).join(''));
    await new Promise((resolve) => setTimeout(resolve, 20));
    response.socket?.destroy();
  };
}

export function status(wire: Wire, code: number, retrySeconds?: number): Reply {
  return (response) => {
    const headers = { 'content-type': 'application/json', ...(retrySeconds === undefined ? {} : { 'retry-after': String(retrySeconds) }) };
    response.writeHead(code, headers).end(wire.errorBody(code, retrySeconds === undefined ? {} : { retrySeconds }));
  };
}
