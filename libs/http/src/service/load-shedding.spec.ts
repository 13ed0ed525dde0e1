import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { commonConfig, loadConfig } from '@selfos/config';
import { routes, routesOf, type ServiceManifest } from '@selfos/contracts';
import { KeyFolder } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceDirectory } from '../client/service-directory.js';
import { Overloaded } from '../problems/http.errors.js';
import { Route } from '../routing/route.decorator.js';
import { ServiceTokens } from '../tokens/service-tokens.js';
import { LoadShedding, LoopDelay } from './load-shedding.js';
import { startService, type RunningService } from './start-service.js';

describe('shedding', () => {
  const refused = (shedding: LoadShedding) => (['low', 'normal', 'vital'] as const).filter((priority) => {
    try {
      shedding.admit(priority);
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(Overloaded);
      return true;
    }
  });

  it('refuses more the later the event loop is, and what is vital never', () => {
    const delay = { ms: 0 };
    const shedding = new LoadShedding({ loopDelayMs: 150, inFlight: 100 }, delay);
    const at = (ms: number) => {
      delay.ms = ms;
      return refused(shedding);
    };
    expect([at(0), at(150), at(151), at(450), at(451), at(100)]).toEqual([[], [], ['low'], ['low'], ['low', 'normal'], []]);
  });

  it('refuses more the more is under way, and less when it has ended', () => {
    const shedding = new LoadShedding({ loopDelayMs: 0, inFlight: 4 }, { ms: 10_000 });
    const ends = [shedding.enter()];
    expect(refused(shedding)).toEqual([]);
    ends.push(shedding.enter());
    expect(refused(shedding)).toEqual(['low']);
    ends.push(shedding.enter(), shedding.enter());
    expect(refused(shedding)).toEqual(['low', 'normal']);
    for (const end of ends) end();
    expect(refused(shedding)).toEqual([]);
  });

  it('sees that a loop is late all the time', async () => {
    const delay = new LoopDelay();
    const busy = (ms: number): void => {
      const until = performance.now() + ms;
      while (performance.now() < until);
    };
    let late = 0;
    for (let turns = 0; turns < 30 && late < 100; turns += 1) {
      busy(200);
      await new Promise((resolve) => setImmediate(resolve));
      late = delay.ms;
    }
    delay.stop();
    expect(late).toBeGreaterThan(100);
  }, 20_000);
});

const waiting: (() => void)[] = [];
let begun = 0;

@Controller()
class StoriesController {
  @Route(routes.listStories)
  async list(): Promise<{ items: []; next_cursor: null }> {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return { items: [], next_cursor: null };
  }

  @Route(routes.createStory)
  create(): never {
    begun += 1;
    throw new Error('must not be reached');
  }
}
@Module({ controllers: [StoriesController] })
class StoriesModule {}

describe('a service with more to do than it can', () => {
  let service: RunningService;
  let tokens: ServiceTokens;
  const ada = uuidv7();

  beforeAll(async () => {
    const home = mkdtempSync(join(tmpdir(), 'shedding-'));
    const manifest: ServiceManifest = { name: 'story-engine', plane: 'clear', port: 0, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [] };
    const config = loadConfig(commonConfig, { SELFOS_HOME: home, PORT: '0', SHED_IN_FLIGHT: '4' });
    const served = routesOf('story-engine').map((route) => route.name).filter((name) => name !== 'listStories' && name !== 'createStory');
    service = await startService({ manifest, config, module: StoriesModule, directory: new ServiceDirectory(), served, logger: new Logger({ service: 'test', destination: { write: () => undefined } }) });
    tokens = new ServiceTokens('gateway', new KeyFolder(join(home, 'keys', 'services')));
  });
  afterAll(() => service.close());

  const call = async (method: 'GET' | 'POST', path: string): Promise<Response> => {
    const userToken = await tokens.forPerson({ userId: ada, sessionId: 's', permissions: ['read:own_data', 'export:stories'], tier: 'standard', lifetimeSeconds: 60 });
    const token = await tokens.forCall({ to: 'story-engine', method, path, context: undefined });
    return fetch(service.url + path, { method, headers: { authorization: `Bearer ${token}`, 'x-selfos-user-token': userToken, 'content-type': 'application/json' }, body: method === 'POST' ? '{}' : null });
  };

  it('refuses stories first and begins nothing of them, then reading, never its health; and all is well when there is room again', async () => {
    const list = () => call('GET', routes.listStories.path);
    const running = [list(), list()];
    while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const low = await call('POST', routes.createStory.path);
    expect([low.status, low.headers.get('retry-after'), low.headers.get('content-type')]).toEqual([503, '5', expect.stringContaining('application/problem+json')]);
    expect(await low.json()).toMatchObject({ code: 'http.service.overloaded', status: 503 });
    expect(begun).toBe(0);
    running.push(list(), list());
    while (waiting.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
    const normal = await list();
    expect([normal.status, normal.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
    for (const end of waiting.splice(0)) end();
    expect((await Promise.all(running)).map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    const after = list();
    while (waiting.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    waiting.splice(0).forEach((end) => end());
    expect((await after).status).toBe(200);
  }, 20_000);
});
