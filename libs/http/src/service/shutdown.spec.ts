import { describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { commonConfig, loadConfig } from '@selfos/config';
import { routes, routesOf, type ServiceManifest } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { Logger, Tracer, rootContext, runInContext } from '@selfos/observability';
import { eventually } from '@selfos/testing';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InternalClient } from '../client/internal-client.js';
import { ServiceDirectory } from '../client/service-directory.js';
import type { InputOf } from '../routing/input.js';
import { Input, Route } from '../routing/route.decorator.js';
import { ServerSentEvents, type SseFrame } from '../streaming/server-sent-events.js';
import { ServiceTokens } from '../tokens/service-tokens.js';
import { startService } from './start-service.js';

const ADA = uuidv7();
const message = { v: 1, s: 1, uid: ADA, oid: ADA, ctx: 'conversations.message.text', rev: '1', wid: 'edge:1', r: [{ t: 'd', k: 'k', w: 'AA' }], m: 'AA', n: 'AA', c: 'AA' } as const;

class Door {
  readonly opened: Promise<void>;
  open: () => void = () => undefined;
  entered = 0;
  aborted = 0;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }
}

function moduleOf(door: Door): new () => unknown {
  @Controller()
  class AnswersController {
    @Route(routes.converse)
    answer(@Input() { signal }: InputOf<typeof routes.converse>): ServerSentEvents {
      signal.addEventListener('abort', () => (door.aborted += 1));
      return new ServerSentEvents(this.frames());
    }

    private async *frames(): AsyncGenerator<SseFrame> {
      yield { event: 'token', data: { text: 'a' } };
      door.entered += 1;
      await door.opened;
      yield { event: 'done', data: {} };
    }
  }
  @Module({ controllers: [AnswersController] })
  class AnswersModule {}
  return AnswersModule;
}

async function started(door: Door, env: Record<string, string>) {
  const home = mkdtempSync(join(tmpdir(), 'shutdown-'));
  const directory = new ServiceDirectory();
  const manifest: ServiceManifest = { name: 'backend', plane: 'clear', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] };
  const served = routesOf('backend').map((route) => route.name).filter((name) => name !== 'converse');
  const config = loadConfig(commonConfig, { SELFOS_HOME: home, PORT: '0', SHUTDOWN_DRAIN_MS: '30000', ...env });
  const service = await startService({ manifest, config, module: moduleOf(door), directory, served, logger: new Logger({ service: 'test', destination: { write: () => undefined } }) });
  const tokens = new ServiceTokens('gateway', new KeyFolder(join(home, 'keys', 'services')));
  const client = new InternalClient({ tokens, directory, tracer: new Tracer({ service: 'gateway' }), calls: ['backend'] });
  const ask = async (): Promise<SseFrame[]> => {
    const frames: SseFrame[] = [];
    const userToken = await tokens.forPerson({ userId: ADA, sessionId: 's', permissions: ['access:ai_features'], tier: 'standard', lifetimeSeconds: 60 });
    await runInContext(rootContext({ kind: 'request', id: 'r' }, { userToken }), async () => {
      for await (const frame of client.stream(routes.converse, { body: { message_id: ADA, message: { ...message, r: [...message.r] } } })) frames.push(frame);
    });
    return frames;
  };
  return { service, client, ask };
}

describe('a service that stops', () => {
  it('is not ready at once, and answers as ever until those who route to it had time to see that, each time for the last time on a connection', async () => {
    const { service, client } = await started(new Door(), { SHUTDOWN_NOTICE_MS: '4000' });
    expect((await fetch(`${service.url}/health`)).headers.get('connection')).toBe('keep-alive');
    const closed = service.close();
    const ready = await fetch(`${service.url}/ready`);
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    const health = await fetch(`${service.url}/health`);
    expect([health.status, health.headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    await expect(fetch(`${service.url}/health`)).rejects.toThrow();
    await client.close();
  });

  it('lets a live answer end that takes no longer than live answers may', async () => {
    const door = new Door();
    const { service, client, ask } = await started(door, { SHUTDOWN_STREAMS_MS: '30000' });
    const frames = ask();
    await eventually(() => expect(door.entered).toBe(1));
    const closed = service.close();
    door.open();
    expect((await frames).map((frame) => frame.event)).toEqual(['token', 'done']);
    expect(door.aborted).toBe(0);
    await closed;
    await client.close();
  });

  it('tells the client of any other to connect again, and its maker to stop', async () => {
    const door = new Door();
    const { service, client, ask } = await started(door, { SHUTDOWN_STREAMS_MS: '50' });
    const frames = ask();
    await eventually(() => expect(door.entered).toBe(1));
    const closed = service.close();
    expect((await frames).at(-1)).toEqual({ event: 'reconnect', data: { retry_ms: 1000 } });
    await eventually(() => expect(door.aborted).toBe(1));
    await closed;
    await client.close();
  });
});
