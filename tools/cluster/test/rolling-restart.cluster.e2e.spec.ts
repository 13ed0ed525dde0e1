import { writeSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SERVICES } from '@selfos/contracts';
import { requireRealPart } from '@selfos/testing';
import { aCluster, type ACluster } from './a-cluster.ts';
import { withDatabase } from './databases.ts';
import { type Acknowledged, OpenLoad, percentile } from './open-load.ts';

const FULL = process.env['PROOF_SIZE'] === 'full';
const SEED = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** Requests a second. */
const RATE = Number(process.env['PROOF_RATE'] ?? (FULL ? 200 : 50));
/** Replicas of each service that are restarted. */
const EACH = FULL ? 2 : 1;
const PEOPLE = 8;
const CALM_MS = FULL ? 10_000 : 3_000;

requireRealPart('redis')(`a rolling restart of every service at ${String(RATE)} requests a second (seed ${String(SEED)})`, () => {
  let cluster: ACluster;

  beforeAll(async () => {
    cluster = await aCluster();
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

  it('fails no request, loses nothing that was acknowledged, and does nothing twice', async () => {
    const load = await OpenLoad.of({ url: cluster.url, rate: RATE, seed: SEED, people: PEOPLE });
    load.begin();
    await new Promise((resolve) => setTimeout(resolve, CALM_MS));
    const calm = load.times.length;
    const restarts = await cluster.rollingRestart(EACH);
    await load.end();
    const [before, during] = [load.times.slice(0, calm), load.times.slice(calm)];
    const stops = restarts.map((restart) => restart.stopMs);
    writeSync(2, `${load.times.length} requests, ${load.failures.length} failed, ${load.deferred} asked to come again; p99 ${percentile(before, 0.99)} ms before, ${percentile(during, 0.99)} ms during ${restarts.length} restarts; longest stop ${Math.max(...stops)} ms\n`);
    expect(load.failures).toEqual([]);
    expect(restarts.map(({ service, exitCode }) => ({ service, exitCode }))).toEqual(SERVICES.flatMap((service) => Array.from({ length: EACH }, () => ({ service, exitCode: 0 }))));
    await check(load.acknowledged);
  }, FULL ? 1_200_000 : 300_000);
});
