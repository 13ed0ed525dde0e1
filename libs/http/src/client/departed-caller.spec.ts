import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { Tracer, rootContext, runInContext } from '@selfos/observability';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceTokens } from '../tokens/service-tokens.js';
import { InternalClient } from './internal-client.js';
import { ServiceDirectory } from './service-directory.js';

const QUIET = { items: [], next_cursor: null };
let server: Server;
let client: InternalClient;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = createServer((request, response) => (request.url === '/health' ? void response.end() : answer(response)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const directory = new ServiceDirectory();
  directory.set('rlhf', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const keys = new KeyFolder(mkdtempSync(join(tmpdir(), 'http-')));
  client = new InternalClient({ tokens: new ServiceTokens('gateway', keys), directory, tracer: new Tracer({ service: 'gateway' }), calls: ['rlhf'] });
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = (signal?: AbortSignal): Promise<unknown> =>
  runInContext(rootContext({ kind: 'request', id: uuidv7() }), () => client.call(routes.listFeedback, signal === undefined ? {} : { signal }));

describe('callers who go away', () => {
  it('are no outage: the others are still served, and nothing is tried again for them', async () => {
    const give = (response: ServerResponse): void => void response.setHeader('content-type', 'application/json').end(JSON.stringify(QUIET));
    answer = give;
    await ask();
    let asked = 0;
    const callers = Array.from({ length: 40 }, () => new AbortController());
    answer = () => {
      asked += 1;
      if (asked === callers.length) for (const caller of callers) caller.abort();
    };
    const left = callers.map(({ signal }) => ask(signal));
    const results = await Promise.allSettled(left);
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked).toBe(40);
    answer = give;
    expect(await ask()).toEqual(QUIET);
  });

  it('and open streams in any number keep nobody else waiting', async () => {
    const open: ServerResponse[] = [];
    answer = (response) => {
      open.push(response);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    };
    const controller = new AbortController();
    const listening = Array.from({ length: 70 }, () => client.bytes(routes.listFeedback, { accept: 'text/event-stream', signal: controller.signal }));
    await Promise.all(listening);
    answer = (response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(QUIET));
    expect(await ask()).toEqual(QUIET);
    controller.abort();
    for (const response of open) response.destroy();
    for (const { body } of await Promise.all(listening)) body.on('error', () => undefined);
  });

  it('are told that a service is away when it breaks off in the middle of a stream', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: token\ndata: {}\n\n', () => response.destroy());
    };
    const read = async (): Promise<void> => {
      for await (const _ of client.stream(routes.listFeedback, {}));
    };
    await expect(runInContext(rootContext({ kind: 'request', id: uuidv7() }), read)).rejects.toMatchObject({ code: 'http.dependency.unavailable' });
  });

  it('do not keep the client from closing', async () => {
    answer = () => undefined;
    const waiting = ask().catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const begun = Date.now();
    await client.close();
    expect(Date.now() - begun).toBeLessThan(20_000);
    expect(await waiting).toMatchObject({ code: 'http.dependency.unavailable' });
  });
});
