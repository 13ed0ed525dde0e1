import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { databaseFor, requireRealPart, type TestDatabase } from '@selfos/testing';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { doToday, goTo, say, tellTheWeek } from '../src/demo/person.js';
import { waitFor } from '../src/demo/stage.js';
import { somebody } from './people.js';
import { discard, startSystem, type System } from './system.js';

const describeReal = requireRealPart('postgres');
/** What only the person types: none of it may be found where data lies. Too long, or with a space, to turn up in ciphertext by chance. */
const WORDS = ['bad knee', 'saxophone', 'grandmother', 'lighthouse', 'marmalade', 'exercising'];

describeReal('after a life was lived', () => {
  let system: System;
  let database: TestDatabase;
  const output: string[] = [];

  beforeAll(async () => {
    database = await databaseFor('sealed');
    system = await startSystem({ env: { DATABASE_URL: database.url } });
    for (const stream of [system.process.stdout, system.process.stderr]) stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    await live(system.url);
  }, 300_000);
  afterAll(async () => {
    await discard(system);
    await database.drop();
  });

  it('no database, blob or log holds a word that the person typed', async () => {
    const places = [...(await tablesOf(database.url)), ...(await filesOf(system.home)), { name: 'log', text: output.join('') }];
    expect(places.length).toBeGreaterThan(20);
    const found = places.flatMap(({ name, text }) => WORDS.filter((word) => text.toLowerCase().includes(word)).map((word) => `${word} in ${name}`));
    expect(found).toEqual([]);
  });
});

async function live(url: string): Promise<void> {
  const ada = await somebody(url);
  await goTo(ada, { days: 1, time: '06:00' });
  await say(ada, { step: 'knee', text: 'I have a bad knee since the lighthouse.' });
  await say(ada, { step: 'exercise', text: 'I want to start exercising regularly', context: { life_areas: ['health'], current_mood: 'motivated', available_time: 30 } });
  const task = await ada.client.call(routes.createTask, { body: { title: 'Play the saxophone', description: 'For grandmother', life_areas: ['creativity'], recurring_pattern: 'daily' } });
  await ada.client.call(routes.createGoal, { body: { title: 'Sell marmalade', vision: 'A lighthouse of my own', life_areas: ['finance'], target_date: '2027-01-01', success_metrics: ['100 jars of marmalade'] } });
  await waitFor(async () => (await ada.client.call(routes.listMemories)).items[0], { what: 'a memory', timeoutMs: 60_000 });
  await goTo(ada, { days: 0, time: '21:00' });
  await doToday(ada);
  await ada.client.call(routes.giveFeedback, { body: { conversation_id: task.id, rating: 2, correction: 'Ask my grandmother' } }).catch(() => undefined);
  await ada.client.call(routes.createTask, { body: { title: 'marmalade', life_areas: ['luck'] } as never }).catch(() => undefined);
  await tellTheWeek(ada);
}

interface Text {
  readonly name: string;
  readonly text: string;
}

async function tablesOf(adminUrl: string): Promise<Text[]> {
  const prefix = new URL(adminUrl).pathname.slice(1);
  const databases = await query(adminUrl, 'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
  const texts: Text[] = [];
  for (const { name } of databases) {
    const url = new URL(adminUrl);
    url.pathname = `/${String(name)}`;
    const tables = await query(url.href, `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`);
    for (const table of tables) {
      const rows = await query(url.href, `SELECT t::text AS name FROM ${String(table['name'])} t`);
      texts.push({ name: `${String(name)} ${String(table['name'])}`, text: rows.map((row) => row['name']).join('\n') });
    }
  }
  return texts;
}

async function query(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function filesOf(folder: string): Promise<Text[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (name) => ({ name, text: (await readFile(name)).toString('latin1') })));
}
