import { readFileSync } from 'node:fs';
import type pg from 'pg';

/** A tick of /proc/<pid>/stat, microseconds (proc(5); USER_HZ is 100 on Linux). */
const TICK_US = 10_000;
const BACKENDS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()";

/**
 * Microseconds that this process and the database's servers of it have computed since the call: what a busy machine does not change. Linux
 * only, with the server on this machine; elsewhere this process alone.
 */
export async function processorTime(database: pg.Pool): Promise<() => Promise<number>> {
  const { rows } = await database.query<{ pid: number }>(BACKENDS);
  const before = new Map(rows.map(({ pid }) => [pid, ticksOf(pid)]));
  const own = process.cpuUsage();
  return async () => {
    const { user, system } = process.cpuUsage(own);
    const now = await database.query<{ pid: number }>(BACKENDS);
    const ticks = now.rows.map(({ pid }) => ticksOf(pid) - (before.get(pid) ?? 0));
    return user + system + TICK_US * ticks.reduce((sum, one) => sum + one, 0);
  };
}

function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}
