import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { startChildServer } from './child-server.js';
import { testEnvironment } from './environment.js';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';
import { findProgram } from './programs.js';

/** URL of an empty Redis without persistence, gone with this process (or TEST_REDIS_URL as it is). */
export async function startRedis(): Promise<string> {
  const given = testEnvironment().redisUrl;
  if (given !== undefined) return given;
  const command = findProgram('redis-server');
  if (command === undefined) throw new Error('redis-server is not on PATH; tools/provision installs it');
  const folder = mkdtempSync(join(tmpdir(), 'selfos-test-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  startChildServer({ command, args, folder });
  const url = `redis://127.0.0.1:${port}`;
  await eventually(() => pingRedis(url), { timeoutMs: 10_000 });
  return url;
}

/** Rejects while no Redis answers there. */
export async function pingRedis(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  await client.connect();
  await client.quit();
}
