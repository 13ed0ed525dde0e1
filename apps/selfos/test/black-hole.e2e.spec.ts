import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes, type Route, type ServiceName } from '@selfos/contracts';
import { SERVICE_LIMITS, ServiceDirectory, startService, type RunningService } from '@selfos/http';
import { Logger } from '@selfos/observability';
import { databaseFor, startFaultProxy, type FaultProxy, type TestDatabase } from '@selfos/testing';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '../src/services.js';
import { somebody, type Somebody } from './people.js';

const FULL = process.env['PROOF_SIZE'] === 'full';
/** How long the load runs for each measure. */
const MEASURE_MS = FULL ? 20_000 : 5_000;
/** At most so many, when a measure is disturbed. */
const HOLES = 3;
const OPENS_MS = 10_000;
const RECOVERS_MS = 30_000;
/** Below this much more than before nobody can tell a black hole from a machine that is busy with something else. */
const FLOOR_MS = 50;
const WORKERS = 4;
const PAUSE_MS = 15;
/** Those who are refused come back at a person's pace: it is not their number that is measured. */
const VICTIM_PAUSE_MS = 150;
/** A call that hangs ends no sooner than silence is borne: what comes back before was refused. */
const QUICK_MS = SERVICE_LIMITS['ai-engine'].silenceMs;

const proxies = new Map<ServiceName, FaultProxy>();
const running: RunningService[] = [];
let database: TestDatabase;
let url: string;
let ada: Somebody;
let bearer: string;

/** Every service on real sockets and a real PostgreSQL, with a proxy before those that are to disappear. */
beforeAll(async () => {
  database = await databaseFor('black-hole');
  const env = { DATABASE_URL: database.url, SELFOS_HOME: mkdtempSync(join(tmpdir(), 'black-hole-')), HOST: '127.0.0.1', PORT: '0', DATABASE_POOL_SIZE: '40' };
  const directory = new ServiceDirectory();
  const logger = new Logger({ service: 'test', destination: { write: () => undefined } });
  const inside = services.filter((part) => part.manifest.name !== 'gateway');
  for (const part of [...inside, ...services.filter((one) => !inside.includes(one))]) {
    const service = await startService({ ...(await part.define(env)), directory, logger });
    running.unshift(service);
    if (part.manifest.name !== 'ai-engine' && part.manifest.name !== 'memory') continue;
    const proxy = await startFaultProxy(service.port);
    proxies.set(part.manifest.name, proxy);
    directory.set(part.manifest.name, `http://127.0.0.1:${proxy.port}`);
  }
  url = running[0]?.url ?? '';
  ada = await somebody(url);
  const signedIn = await ada.client.call(routes.login, { body: { email: `ada+${ada.run}@example.org`, password: 'a long walk by the sea' } });
  bearer = `Bearer ${signedIn.access_token}`;
}, 180_000);
afterAll(async () => {
  for (const proxy of proxies.values()) proxy.heal();
  for (const service of running) await service.close();
  for (const proxy of proxies.values()) await proxy.close();
  await database.drop();
}, 120_000);

interface Timed {
  readonly status: number;
  readonly ms: number;
}

async function send(route: Route, body?: unknown): Promise<Timed> {
  const began = performance.now();
  const headers = { authorization: bearer, ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }) };
  const answer = await fetch(url + route.path, { method: route.method, headers, body: body === undefined ? null : JSON.stringify(body) });
  await answer.arrayBuffer();
  return { status: answer.status, ms: performance.now() - began };
}

/** Routes that need neither of the two. */
const UNRELATED: readonly Route[] = [routes.listTasks, routes.getToday, routes.getMe, routes.listNotifications, routes.listStories];
const VICTIMS: Readonly<Record<'ai-engine' | 'memory', () => Promise<Timed>>> = {
  'ai-engine': () => send(routes.converse, { message: 'I want to drink more water' }),
  memory: () => send(routes.listMemories),
};

/** Sends until told to stop, from several clients at once; the answers in the order they came. */
function load(work: (turn: number) => Promise<Timed>, pauseMs: number): { readonly answers: Timed[]; stop(): Promise<void> } {
  const answers: Timed[] = [];
  let over = false;
  const worker = async (first: number): Promise<void> => {
    for (let turn = first; !over; turn += 1) {
      answers.push(await work(turn));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const all = Promise.all(Array.from({ length: WORKERS }, (_, index) => worker(index)));
  return {
    answers,
    stop: async () => {
      over = true;
      await all;
    },
  };
}

const unrelated = (turn: number): Promise<Timed> => send(UNRELATED[turn % UNRELATED.length] ?? routes.listTasks);

async function measured(): Promise<readonly Timed[]> {
  const running = load(unrelated, PAUSE_MS);
  await new Promise((resolve) => setTimeout(resolve, MEASURE_MS));
  await running.stop();
  return running.answers;
}

function p99(answers: readonly Timed[]): number {
  const sorted = answers.map((one) => one.ms).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0;
}

async function since(began: number, { what, within }: { readonly what: string; readonly within: number }, holds: () => Promise<boolean>): Promise<number> {
  while (!(await holds())) if (performance.now() - began > within) throw new Error(`${what}: not within ${within} ms`);
  return performance.now() - began;
}

interface Told {
  readonly within: boolean;
  readonly text: string;
}

/** One hole, with a measure before it, in it and after it. */
async function fallInto(name: 'ai-engine' | 'memory'): Promise<Told> {
  const victim = VICTIMS[name];
  const before = await measured();
  const proxy = proxies.get(name);
  proxy?.blackHole();
  const began = performance.now();
  const victims = load(victim, VICTIM_PAUSE_MS);
  const meanwhile = measured();
  const opened = await since(began, { what: 'the breaker opens', within: OPENS_MS }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return victims.answers.some((one) => one.status === 503 && one.ms < QUICK_MS);
  });
  const during = await meanwhile;
  proxy?.heal();
  const healed = performance.now();
  await victims.stop();
  const recovered = await since(healed, { what: 'it is called again', within: RECOVERS_MS }, async () => (await victim()).status < 300);
  const after = await measured();
  expect([...before, ...during, ...after].filter((one) => one.status !== 200)).toEqual([]);
  // Before and after: a machine that becomes busy with something else meanwhile is no black hole's fault.
  const [was, is] = [Math.max(p99(before), p99(after)), p99(during)];
  const ms = (value: number): string => value.toFixed(0);
  const text = `${name}: p99 of unrelated routes ${ms(p99(before))} ms before and ${ms(p99(after))} ms after (${before.length + after.length} requests), ${ms(is)} ms in the hole (${during.length}); opened after ${ms(opened)} ms, recovered after ${ms(recovered)} ms\n`;
  return { within: is <= Math.max(2 * was, was + FLOOR_MS), text };
}

describe.each(['ai-engine', 'memory'] as const)('%s accepts and never answers', (name) => {
  it('while all else is as quick as before; its breaker opens, and closes again', async () => {
    expect((await VICTIMS[name]()).status).toBeLessThan(300);
    await measured(); // warms up what the first requests would pay for
    // What a hole does it does each time; what a busy machine does, not.
    const told: Told[] = [];
    while (told.length < HOLES && told.at(-1)?.within !== true) told.push(await fallInto(name));
    process.stdout.write(told.map(({ text }) => text).join(''));
    expect(told.at(-1)?.within).toBe(true);
  }, HOLES * (3 * MEASURE_MS + OPENS_MS + RECOVERS_MS) + 60_000);
});
