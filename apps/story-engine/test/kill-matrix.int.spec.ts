import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { routes, STORY_STATES } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import pg from 'pg';
import { type Moment, MOMENTS, type Point } from './mortality.js';
import { shuffled } from './shuffled.js';
import { Workforce } from './workforce.js';
import { makeWorld, shortScript, titleOf, type World } from './world.js';

const FULL = process.env['PROOF_SIZE'] === 'full';
const SEED = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const ADA = uuidv7();
/** States without anything long or outside: what they do is in the commit. */
const COMMIT_ONLY: readonly string[] = ['TriggerGeneration', 'NotifyUser'];
const FILES = ['video', 'tiktok', 'captions', 'cover'] as const;

const momentsOf = (state: string): readonly Moment[] => MOMENTS.filter((moment) => moment !== 'after the effect' || !COMMIT_ONLY.includes(state));
const POINTS: readonly Point[] = STORY_STATES.flatMap((state) => momentsOf(state).map((moment) => ({ state, moment })));

/** Where the next worker dies when the first has died at `point`: there again, or where its successor comes to the same moment. */
function again(point: Point): Point[] {
  if (point.moment !== 'after the commit') return [point, point];
  const next = STORY_STATES[STORY_STATES.indexOf(point.state) + 1];
  return next === undefined ? [point] : [point, { ...point, state: next }];
}

/** Every point with one death and with two; small: each state once, in three stories, every moment twice or more. */
function stories(): Point[][] {
  if (FULL) return POINTS.flatMap((point) => [[point], again(point)]);
  const order = shuffled([...STORY_STATES.keys()], SEED);
  const chosen = order.map((state, at) => {
    const moments = momentsOf(STORY_STATES[state] ?? '');
    return { state: STORY_STATES[state] ?? 'NotifyUser', moment: moments[at % moments.length] ?? 'before the effect' };
  });
  const inOrder = (points: Point[]) => points.toSorted((a, b) => STORY_STATES.indexOf(a.state) - STORY_STATES.indexOf(b.state));
  return [0, 3, 6].map((from) => inOrder(chosen.slice(from, from + 3)));
}

const told = (points: readonly Point[]) => points.map(({ state, moment }) => `${state} ${moment}`).join(', then ');

requireRealPart('postgres', 'ffmpeg')(`the making of a story, its workers killed (seed ${String(SEED)})`, () => {
  let world: World;
  let database: TestDatabase;
  let sql: pg.Client;
  let workers: Workforce;
  let undisturbed: Record<string, string>;

  beforeAll(async () => {
    world = await makeWorld();
    world.script = (evidence) => ({ ...shortScript(evidence), scenes: shortScript(evidence).scenes.map((scene) => ({ ...scene, duration_seconds: 3 })) });
    database = await databaseFor('story_kill_matrix');
    const url = new URL(database.url);
    sql = new pg.Client({ connectionString: Object.assign(url, { pathname: `${url.pathname}_story` }).href });
    workers = new Workforce(world, database.url, sql);
    await workers.muster();
    await sql.connect();
    await did('Run along the river before sunrise');
    undisturbed = await made([]);
  }, 300_000);
  afterAll(async () => {
    await workers.dismiss();
    await sql.end();
    await world.close();
    await database.drop();
  }, 300_000);

  /** Something to tell of. */
  async function did(words: string): Promise<void> {
    const [id, task] = [uuidv7(), uuidv7()];
    const title = await titleOf(world, ADA, { oid: task, ctx: 'tasks.task.title', words });
    const columns = 'id, kind, user_id, seq, title, life_areas, happened_at, local_date, task_id, minutes';
    await sql.query(`INSERT INTO evidence (${columns}) VALUES ($1, 'occurrence', $2, 1, $3, '{health}', now(), (now() AT TIME ZONE 'UTC')::date, $4, 30)`, [id, ADA, JSON.stringify(title), task]);
  }

  /** A story whose workers die at these points, as what its outputs hash to. */
  async function made(points: readonly Point[]): Promise<Record<string, string>> {
    const { fulfilled } = await workers.doom(points);
    // the last digits choose the music
    const id = `${uuidv7().slice(0, -8)}00005e1f`;
    const begin = () => world.as(ADA, () => world.client.call(routes.createStory, { body: { id }, idempotencyKey: id }));
    await Promise.all([begin().catch(() => undefined), fulfilled]);
    expect(await begin()).toEqual({ id, status: 'queued' });
    await eventually(async () => expect(await standing(id)).toEqual({ state: 'done', status: 'generated', job: 'done' }), { timeoutMs: 180_000 });
    await once(id);
    return artefacts(id);
  }

  async function standing(id: string): Promise<unknown> {
    const { rows } = await sql.query("SELECT s.state, s.status, coalesce(d.state, w.ended, 'done') AS job FROM stories s JOIN work w ON w.key = s.id::text LEFT JOIN work_due d ON d.job = w.id WHERE s.id = $1", [id]);
    return rows[0];
  }

  /** Told once, made once, and nothing of the tries that failed is left. */
  async function once(id: string): Promise<void> {
    const { rows } = await sql.query<{ type: string }>('SELECT type FROM outbox WHERE aggregate_id = $1', [id]);
    expect(rows).toEqual([{ type: 'story.generated' }]);
    const folder = join(world.home, 'blobs', 'story');
    const blobs = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.parentPath.includes(id) && entry.name.endsWith('~blob'));
    expect(blobs).toHaveLength(FILES.length);
  }

  async function artefacts(id: string): Promise<Record<string, string>> {
    const story = await world.as(ADA, () => world.client.call(routes.getStory, { params: { id } })).then((inner) => world.sealer.open(routes.getStory.response, ADA, inner));
    const words = { title: story.title, post: story.blog_post, note: story.obsidian_note };
    const hashes: Record<string, string> = { words: createHash('sha256').update(JSON.stringify(words)).digest('hex') };
    for (const name of FILES) hashes[name] = await hashOf(id, name);
    return hashes;
  }

  async function hashOf(id: string, name: (typeof FILES)[number]): Promise<string> {
    const { id: oid, header } = await world.as(ADA, () => world.client.call(routes.storyFileHeader, { params: { id, name } }));
    const reader = await world.sealer.blobReader(ADA, { oid, ctx: 'stories.file.header' }, header);
    const hash = createHash('sha256');
    const range = async (start: number, end: number): Promise<Uint8Array> => {
      const answer = await world.as(ADA, () => world.client.bytes(routes.storyFileBody, { params: { id, name }, range: `bytes=${start}-${end - 1}` }));
      return Buffer.concat(await answer.body.toArray());
    };
    for await (const part of reader.read(range)) hash.update(part);
    return hash.digest('hex');
  }

  it('gives the same bytes each time nobody dies', async () => {
    expect(await made([])).toEqual(undisturbed);
  }, 300_000);

  it.each(stories().map((points) => ({ points, name: told(points) })))('gives the same bytes and tells it once when they die in $name', async ({ points }) => {
    const before = workers.deaths;
    expect(await made(points)).toEqual(undisturbed);
    expect(workers.deaths - before).toBe(points.length);
  }, 600_000);

  it('leaves no film in the making behind', async () => {
    await workers.settle();
    expect(readdirSync(join(world.home, 'tmp')).flatMap((folder) => readdirSync(join(world.home, 'tmp', folder)))).toEqual([]);
  }, 300_000);
});
