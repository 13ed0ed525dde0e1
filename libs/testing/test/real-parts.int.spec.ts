import { afterAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { databaseFor, requireRealPart, startMongo, startRedis, type TestDatabase } from '../src/index.js';

const made: TestDatabase[] = [];
afterAll(() => Promise.all(made.map((database) => database.drop())));

async function versionOf(database: TestDatabase): Promise<number> {
  made.push(database);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const answer = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    return Math.floor(Number(answer.rows[0]?.server_version_num) / 10_000);
  } finally {
    await client.end();
  }
}

requireRealPart('postgres')('the embedded PostgreSQL', () => {
  it('gives every suite a database of its own', async () => {
    const [one, two] = await Promise.all([databaseFor('one'), databaseFor('two')]);
    expect(await versionOf(one)).toBeGreaterThanOrEqual(15);
    expect(await versionOf(two)).toBeGreaterThanOrEqual(15);
    expect(one.url).not.toBe(two.url);
  });
});

requireRealPart('postgres-15')('the oldest PostgreSQL that is supported', () => {
  it('is version 15', async () => {
    expect(await versionOf(await databaseFor('old', '15'))).toBe(15);
  });
});

requireRealPart('redis')('Redis', () => {
  it('answers', async () => {
    const client = new Redis(await startRedis());
    expect(await client.ping()).toBe('PONG');
    await client.quit();
  });
});

requireRealPart('mongo')('the MongoDB-compatible server', () => {
  it('answers', async () => {
    expect(await startMongo()).toMatch(/^mongodb:/);
  });
});
