import type { Route } from '@selfos/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request as send } from 'undici';

/** One request that may be sent again: with its key, and always the same bytes. */
export interface Repeatable {
  readonly route: Route;
  readonly token: string;
  /** Of what changes something. */
  readonly key: string | undefined;
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as `If-Match`. */
  readonly version?: number;
}

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** It says that it is the answer of an earlier request. */
  readonly replayed: boolean;
  readonly headers: IncomingHttpHeaders;
  /** How often the request was sent until this answer came. */
  readonly sent: number;
}

/** Who waits for more answers than that waits here. */
const CONNECTIONS = new Agent({ connections: 512 });
const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

/** Sends a request until there is an answer that is one: no broken line, no outage, no "the first try still runs". */
export async function untilAnswered(baseUrl: string, request: Repeatable): Promise<WireAnswer> {
  const until = Date.now() + PATIENCE_MS;
  for (let sent = 1; ; sent += 1) {
    const [answer, failure] = await sendOnce(baseUrl, request).then((one) => [one, one.body.toString()] as const, (error: unknown) => [undefined, String(error)] as const);
    if (answer !== undefined && !isPassing(answer)) return { ...answer, sent };
    if (Date.now() > until) throw new Error(`no answer to ${request.route.name} in ${sent} tries: ${failure}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Sends it once. */
export async function sendOnce(baseUrl: string, request: Repeatable): Promise<WireAnswer> {
  const { route, token, key, version } = request;
  const path = route.path.replace(/:([a-z_]+)/g, (_match, name: string) => encodeURIComponent(request.params?.[name] ?? ''));
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (key !== undefined) headers['idempotency-key'] = key;
  if (version !== undefined) headers['if-match'] = `"${String(version)}"`;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  // fetch takes more than twice the processor time, which the services under test need
  const answer = await send(baseUrl + path, { dispatcher: CONNECTIONS, method: route.method, headers, body: request.body === undefined ? null : JSON.stringify(request.body) });
  const body = Buffer.from(await answer.body.arrayBuffer());
  return { status: answer.statusCode, body, replayed: answer.headers['idempotent-replayed'] === 'true', headers: answer.headers, sent: 1 };
}

function isPassing(answer: WireAnswer): boolean {
  return answer.status >= 500 || (answer.status === 409 && answer.body.includes('http.idempotency.running'));
}
