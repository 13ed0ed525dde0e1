import { afterEach, describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { adasWeek } from '../src/demo/adas-week.js';
import { waitFor, type Stage } from '../src/demo/stage.js';
import { SteadfastClient } from './steadfast.js';
import { discard, startSystem, type System } from './system.js';

const FULL = process.env['PROOF_SIZE'] === 'full';
/** How many random moments of the week are hit; before every request that changes something, in the full size. */
const RANDOM_KILLS = FULL ? 20 : 2;
const BOUNDARY_STEP = FULL ? 1 : 14;
const SEED = Number(process.env['PROOF_SEED'] ?? 20_261_122);

let system: System | undefined;
afterEach(async () => {
  if (system !== undefined) await discard(system);
  system = undefined;
});

/** A small seeded generator (mulberry32): the same seed hits the same moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function restart(running: System): Promise<System> {
  await running.kill();
  return startSystem({ home: running.home, port: Number(new URL(running.url).port) });
}

/** Lives the week while `beforeChange` may pull the plug; afterwards everything acknowledged is there, and nothing twice. */
async function livesThrough(beforeChange: (count: number) => Promise<void>): Promise<void> {
  if (system === undefined) throw new Error('no system');
  let count = 0;
  const client = new SteadfastClient(system.url, async (route) => {
    if (route.method !== 'GET') await beforeChange(count++);
  });
  const stage: Stage = { client, run: `kill-${String(Date.now())}`, timezone: 'Europe/Paris', tell: () => undefined };
  const week = await adasWeek(stage);
  await everythingOnce(client, week);
}

async function everythingOnce(client: SteadfastClient, week: Awaited<ReturnType<typeof adasWeek>>): Promise<void> {
  const created = week.answers.flatMap((answer) => answer.created_tasks.map((task) => task.id)).sort();
  const tasks = (await client.call(routes.listTasks, { query: { limit: 100 } })).items.map((task) => task.id).sort();
  expect(tasks).toEqual(created);
  const occurrences = (await client.call(routes.listOccurrences, { query: { limit: 100 } })).items;
  expect(occurrences.map((item) => item.id).sort()).toEqual([...week.occurrences].sort());
  expect((await client.call(routes.listStories)).items.filter((story) => story.id === week.story.id)).toHaveLength(1);
  const told = await waitFor(async () => {
    const { items } = await client.call(routes.listNotifications, { query: { limit: 100 } });
    return items.some((item) => item.story_id === week.story.id) ? items : undefined;
  }, { what: 'the notification of the story', timeoutMs: 120_000 });
  const keys = told.map((item) => `${item.kind} ${item.task_id ?? item.story_id ?? ''} ${item.local_date ?? ''}`);
  expect(keys.length).toBe(new Set(keys).size);
  for (const reminder of week.reminders) expect(told.map((item) => item.id)).toContain(reminder);
}

describe('a power cut', () => {
  it(`before a request loses nothing and doubles nothing (every ${String(BOUNDARY_STEP)}th change)`, async () => {
    system = await startSystem();
    await livesThrough(async (count) => {
      if (system !== undefined && count > 0 && count % BOUNDARY_STEP === 0) system = await restart(system);
    });
  }, FULL ? 3_600_000 : 600_000);

  it(`at ${String(RANDOM_KILLS)} random moments (seed ${String(SEED)}) loses nothing and doubles nothing`, async () => {
    system = await startSystem();
    const random = seeded(SEED);
    let busy = true;
    const killer = (async () => {
      for (let kill = 0; kill < RANDOM_KILLS && busy; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, 500 + random() * 5_000));
        if (system !== undefined && busy) system = await restart(system);
      }
    })();
    await livesThrough(() => Promise.resolve());
    busy = false;
    await killer;
  }, FULL ? 3_600_000 : 600_000);
});
