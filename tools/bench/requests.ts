// What a request of the large rolling restart's load costs, and who computes it: every service as two processes, HAProxy, PostgreSQL,
// Redis, and this process with the clients. Linux only.
import { readFileSync, readdirSync } from 'node:fs';
import { databaseFor, startRedis } from '@selfos/testing/servers';
import { startCluster } from '../cluster/src/cluster.ts';
import { MANY_READERS, OpenLoad } from '../cluster/test/open-load.ts';
import { round2 } from './parts/rounds.ts';

const SMALL = process.argv.includes('ci');
const ROUNDS = SMALL ? 2 : 6;
const ROUND_MS = SMALL ? 5_000 : 15_000;
/** What a request leaves behind is still being done when its answer has come. */
const AFTER_MS = 2_000;
/** A tick of /proc/<pid>/stat, milliseconds (proc(5); USER_HZ is 100 on Linux). */
const TICK_MS = 10;

/** What each process is and how many milliseconds it has computed so far, by its id. */
function computed(): Map<string, [name: string, ms: number]> {
  const known = new Map<string, [string, number]>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const one = processOf(pid);
    if (one !== undefined) known.set(pid, one);
  }
  return known;
}

/** By what a process is; those that have ended since are not counted. */
function computedSince(before: ReadonlyMap<string, readonly [string, number]>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [pid, [name, ms]] of computed()) sums.set(name, (sums.get(name) ?? 0) + ms - (before.get(pid)?.[1] ?? 0));
  return sums;
}

function processOf(pid: string): [string, number] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
    const name = nameOf(pid, readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
    return name === undefined ? undefined : [name, ((user ?? 0) + (system ?? 0)) * TICK_MS];
  } catch {
    return undefined; // it has ended
  }
}

function nameOf(pid: string, command: string): string | undefined {
  if (Number(pid) === process.pid) return 'clients';
  if (command.startsWith('postgres') || command.includes('/postgres ')) return 'postgresql';
  if (command.startsWith('haproxy ')) return 'haproxy';
  if (command.includes('redis-server')) return 'redis';
  return /apps\/([a-z-]+)\/dist\/main/.exec(command)?.[1];
}

const database = await databaseFor('requests');
const cluster = await startCluster({ databaseUrl: database.url, redisUrl: await startRedis(), balancing: 'haproxy' });
const load = await OpenLoad.of({ url: cluster.url, seed: 1, ...MANY_READERS });
for (let round = 1; round <= ROUNDS; round += 1) {
  const before = computed();
  const carried = await load.carried(ROUND_MS);
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  const requests = (carried * ROUND_MS) / 1_000;
  const each = [...computedSince(before)].map(([name, ms]) => [name, round2(ms / requests)] as const).toSorted((a, b) => b[1] - a[1]);
  process.stdout.write(`${JSON.stringify({ round, requests_a_second: Math.round(carried), ms_a_request: round2(each.reduce((sum, [, ms]) => sum + ms, 0)), by: Object.fromEntries(each) })}\n`);
}
if (load.failures.length > 0) process.stdout.write(`failed: ${load.failures[0] ?? ''}\n`);
await cluster.stop();
await database.drop();
process.exit(load.failures.length > 0 ? 1 : 0);
