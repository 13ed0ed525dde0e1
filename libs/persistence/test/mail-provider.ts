import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EffectUnknown, type CallAnswer, type OutsideEffect } from '../src/index.js';

/** What goes wrong with one call. */
export type Fault = 'silent after the effect' | 'cut after the effect' | 'half an answer after the effect' | 'fails before the effect' | 'too many calls' | 'asking fails';

/** A provider of e-mail on a port of 127.0.0.1 that sends whatever it is told, also twice: so a blind repetition shows. */
export class MailProvider {
  /** Idempotency keys in the order in which mails left. */
  readonly sent: string[] = [];
  /** The next calls meet these, one each. */
  readonly faults: Fault[] = [];
  calls = 0;
  private server: Server | undefined;

  async start(): Promise<string> {
    this.server = createServer((request, response) => (request.method === 'POST' ? this.send(request, response) : this.tell(request, response)));
    const { server } = this;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private send(request: IncomingMessage, response: ServerResponse): void {
    this.calls += 1;
    const fault = this.faults[0] === 'asking fails' ? undefined : this.faults.shift();
    if (fault === 'fails before the effect') return void response.writeHead(500).end();
    if (fault === 'too many calls') return void response.writeHead(429).end();
    this.sent.push(String(request.headers['idempotency-key']));
    if (fault === 'silent after the effect') return;
    if (fault === 'cut after the effect') return void request.socket.destroy();
    const body = JSON.stringify({ id: `mail-${this.sent.length}` });
    response.writeHead(200, { 'content-length': body.length });
    if (fault !== 'half an answer after the effect') return void response.end(body);
    response.write(body.slice(0, 5), () => request.socket.destroy());
  }

  private tell(request: IncomingMessage, response: ServerResponse): void {
    if (this.faults[0] === 'asking fails' && this.faults.shift() !== undefined) return void response.writeHead(503).end();
    const place = this.sent.indexOf(new URL(request.url ?? '', 'http://x').pathname.slice(1));
    if (place < 0) response.writeHead(404).end();
    else response.writeHead(200).end(JSON.stringify({ id: `mail-${place + 1}` }));
  }
}

/** Small as specs need it: no mail is refused for good. */
export function mailThrough(url: string, callWithinMs = 30_000) {
  const effect: OutsideEffect<{ readonly id: string }> = {
    kind: 'email',
    callWithinMs,
    settlesWithinMs: 0,
    reconcile: async (key, signal) => {
      const answer = await fetch(`${url}/${key}`, { signal });
      if (answer.status === 404) return { state: 'absent' };
      return answer.ok ? { state: 'made', receipt: (await answer.json()) as { id: string } } : { state: 'unclear' };
    },
  };
  const call = async (key: string, signal: AbortSignal): Promise<CallAnswer<{ readonly id: string }>> => {
    const answer = await fetch(url, { method: 'POST', headers: { 'idempotency-key': key }, signal });
    if (answer.status === 429) return { made: false, because: new TooManyMails() };
    if (!answer.ok) throw new EffectUnknown();
    return { made: true, receipt: (await answer.json()) as { id: string } };
  };
  return { effect, call };
}

export class TooManyMails extends Error {}
