import { writeSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SERVICES } from '@selfos/contracts';
import { requireRealPart } from '@selfos/testing';
import { aCluster, type ACluster } from './a-cluster.ts';
import { withDatabase } from './databases.ts';
import { LiveReader } from './live-answers.ts';
import { type Acknowledged, MANY_READERS, OpenLoad, percentile } from './open-load.ts';

const FULL = process.env['PROOF_SIZE'] === 'full';
const SEED = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Requests a second. The small size shares its machine: no more than a part of what is carried when a few are always under way. */
const RATE = Number(process.env['PROOF_RATE'] ?? (FULL ? 200 : 50));
const SHARE = FULL ? Number.POSITIVE_INFINITY : 0.25;
const MIX = FULL ? MANY_READERS : { people: 8, writes: 40 };
const LOAD = { ...MIX, writes: Number(process.env['PROOF_WRITES'] ?? MIX.writes) };
/** Replicas of each service that are restarted. */
const EACH = FULL ? 2 : 1;
/** Between a replica that is ready again and the next that goes. */
const REST_MS = FULL ? 15_000 : undefined;
const READERS = 2;
/** From one live answer to the next question. */
const READER_RESTS_MS = FULL ? 3_000 : 500;
const CALM_MS = FULL ? 10_000 : 2_000;
/** Processes that have just begun run code that is not compiled yet: each way is walked some hundred times first. */
const WARM_MS = FULL ? 120_000 : CALM_MS;

const sum = (readers: readonly LiveReader[], what: 'answers' | 'reconnects') => readers.reduce((all, reader) => all + reader[what], 0);

requireRealPart('redis', ...(FULL ? (['haproxy'] as const) : []))(`a rolling restart of every service at ${String(RATE)} requests a second, of 100 ${String(LOAD.writes)} writing (seed ${String(SEED)})`, () => {
  let cluster: ACluster;

  beforeAll(async () => {
    cluster = await aCluster(FULL ? 'haproxy' : 'own');
  }, 240_000);
  afterAll(() => cluster.leave(), 120_000);

  /** Every write that was acknowledged, once, and no other. */
  async function check(acknowledged: readonly Acknowledged[]): Promise<void> {
    await withDatabase(cluster.databaseUrl, 'backend', (backend) => withDatabase(cluster.databaseUrl, 'rlhf', async (rlhf) => {
      for (const { userId, tasks, days, ratings } of acknowledged) {
        const ids = async (client: typeof backend, table: string) => (await client.query<{ id: string }>(`SELECT id FROM ${table} WHERE user_id = $1 ORDER BY id`, [userId])).rows.map((row) => row.id);
        expect(await ids(backend, 'tasks')).toEqual(tasks.toSorted());
        expect(await ids(backend, 'occurrences')).toEqual(days.toSorted());
        expect(await ids(rlhf, 'feedback')).toEqual(ratings.toSorted());
        const told = await backend.query<{ type: string; n: number }>("SELECT type, count(*)::int AS n FROM outbox WHERE user_id = $1 AND type IN ('task.created', 'occurrence.completed') GROUP BY type", [userId]);
        expect(Object.fromEntries(told.rows.map(({ type, n }) => [type, n]))).toEqual({ 'task.created': tasks.length, 'occurrence.completed': days.length });
      }
    }));
  }

  async function checkTurns(readers: readonly LiveReader[]): Promise<void> {
    await withDatabase(cluster.databaseUrl, 'backend', async (backend) => {
      for (const { userId, answers } of readers) {
        const { rows } = await backend.query<{ n: number }>('SELECT count(*)::int AS n FROM turns WHERE user_id = $1', [userId]);
        expect(rows).toEqual([{ n: answers }]);
      }
    });
  }

  it('fails no request, loses nothing that was acknowledged, and does nothing twice', async () => {
    const load = await OpenLoad.of({ url: cluster.url, seed: SEED, ...LOAD });
    await load.carried(WARM_MS);
    const carried = await load.carried(CALM_MS);
    const rate = Math.min(RATE, Math.ceil(carried * SHARE));
    const readers: LiveReader[] = [];
    while (readers.length < READERS) readers.push(await LiveReader.at(cluster.url, READER_RESTS_MS));
    const reading = readers.map((reader) => reader.read());
    load.begin(rate);
    await new Promise((resolve) => setTimeout(resolve, CALM_MS));
    const calm = load.times.length;
    const restarts = await cluster.rollingRestart({ each: EACH, restMs: REST_MS });
    await load.end();
    for (const reader of readers) reader.end();
    await Promise.all(reading);
    const [before, during] = [load.times.slice(0, calm), load.times.slice(calm)];
    const stops = restarts.map((restart) => restart.stopMs);
    writeSync(2, `${rate} a second, of ${Math.round(carried)} carried: ${load.times.length} requests, ${load.failures.length} failed, ${load.deferred} asked to come again; p99 ${percentile(before, 0.99)} ms before, ${percentile(during, 0.99)} ms during ${restarts.length} restarts; longest stop ${Math.max(...stops)} ms; ${sum(readers, 'answers')} live answers, ${sum(readers, 'reconnects')} reconnections\n`);
    expect([...load.failures, ...readers.flatMap((reader) => reader.failures)]).toEqual([]);
    expect(restarts.map(({ service, exitCode }) => ({ service, exitCode }))).toEqual(Array.from({ length: EACH }, () => SERVICES.map((service) => ({ service, exitCode: 0 }))).flat());
    await check(load.acknowledged);
    await checkTurns(readers);
  }, FULL ? 1_500_000 : 300_000);
});
