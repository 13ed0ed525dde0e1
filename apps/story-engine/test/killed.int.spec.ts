import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { routes, STORY_STATES } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import pg from 'pg';
import { makeWorld, type World } from './world.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ADA = uuidv7();

requireRealPart('postgres', 'ffmpeg')('a story service that is killed with SIGKILL at every new state', () => {
  let world: World;
  let database: TestDatabase;
  let sql: pg.Client;
  let child: ChildProcess | undefined;

  beforeAll(async () => {
    world = await makeWorld();
    database = await databaseFor('story_killed');
  }, 60_000);
  afterAll(async () => {
    child?.kill('SIGKILL');
    await sql.end();
    await world.close();
    await database.drop();
  });

  async function start(): Promise<void> {
    const flags = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('../../../tools/run/typescript-hooks.mjs')];
    const others = ['auth', 'ai-engine'].map((name) => `${name}=${world.directory.originOf(name as 'auth')}`).join(',');
    const env = {
      PATH: process.env['PATH'], SELFOS_HOME: world.home, PORT: '0', DATABASE_URL: database.url, SERVICE_URLS: others, STORY_VIDEO_SCALE: 'small',
      STORY_TEMPORARY: join(world.home, 'tmp'), STORY_RENDER_THREADS: '1', LOG_LEVEL: 'ERROR',
    };
    const started = spawn(process.execPath, [...flags, here('mortal-service.ts')], { stdio: ['ignore', 'pipe', 'inherit'], env });
    child = started;
    const said: string[] = [];
    started.stdout.on('data', (text: Buffer) => said.push(text.toString()));
    const url = await eventually(() => /http:\/\/\S+\d\n/.exec(said.join(''))?.[0].trim() ?? Promise.reject(new Error('it has not started')), { timeoutMs: 30_000 });
    world.directory.set('story-engine', url);
  }

  /** Ends the process without a word, and lets the time pass that others would wait for it. */
  async function kill(): Promise<void> {
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await gone;
    await sql.query("UPDATE work SET lease_until = 'epoch' WHERE state = 'running'");
  }

  async function story(id: string): Promise<{ state: string; status: string }> {
    const { rows } = await sql.query<{ state: string; status: string }>('SELECT state, status FROM stories WHERE id = $1', [id]);
    return rows[0] ?? { state: '', status: '' };
  }

  it('loses no story, repeats no notification, and leaves nothing behind', async () => {
    await start();
    const url = new URL(database.url);
    sql = new pg.Client({ connectionString: Object.assign(url, { pathname: `${url.pathname}_story` }).href });
    await sql.connect();
    const { id } = await world.as(ADA, () => world.client.call(routes.createStory, { body: {}, idempotencyKey: 'once' }));
    const seen = new Set<string>();
    for (;;) {
      const now = await eventually(
        async () => {
          const found = await story(id);
          expect(found.status === 'generated' || !seen.has(found.state)).toBe(true);
          return found;
        },
        { timeoutMs: 60_000, everyMs: 5 },
      );
      await kill();
      seen.add(now.state);
      if (now.status === 'generated') break;
      await start();
    }
    await start();
    expect([...seen].every((state) => state === 'done' || (STORY_STATES as readonly string[]).includes(state))).toBe(true);
    expect(seen.size).toBeGreaterThanOrEqual(4);
    expect(await world.as(ADA, () => world.client.call(routes.createStory, { body: {}, idempotencyKey: 'once' }))).toEqual({ id, status: 'queued' });
    const told = await sql.query("SELECT 1 FROM outbox WHERE type = 'story.generated' AND aggregate_id = $1", [id]);
    expect(told.rows).toHaveLength(1);
    const blobs = readdirSync(join(world.home, 'blobs', 'story'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('~blob'));
    expect(blobs).toHaveLength(4);
    expect(readdirSync(join(world.home, 'tmp')).flatMap((folder) => readdirSync(join(world.home, 'tmp', folder)))).toEqual([]);
    expect(readdirSync(join(world.home, 'tmp'))).toHaveLength(1);
  }, 240_000);
});
