import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadConfig } from '@selfos/config';
import { events, routes } from '@selfos/contracts';
import { EventBus } from '@selfos/event-bus';
import { type RunningService, startService } from '@selfos/http';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { databaseFor, eventually, requireRealPart, type TestDatabase } from '@selfos/testing';
import { configSchema, manifest } from '../src/index.js';
import { StoryEngineModule } from '../src/story-engine.module.js';
import pg from 'pg';
import { probe } from './ffprobe.js';
import { happens, makeWorld, quietLogger, shortScript, titleOf, type World } from './world.js';

const ADA = uuidv7();
const BOB = uuidv7();
const CY = uuidv7();
const WEDNESDAY = Date.parse('2026-11-11T12:00:00Z');
const SUNDAY_EVENING = Date.parse('2026-11-15T19:00:00Z');
const WORDS = 'Run along the river before sunrise';

requireRealPart('postgres', 'ffmpeg', 'ffprobe')('the story service', () => {
  const clock = new MovableClock();
  const told: { type: string; aggregateid: string; userid: string }[] = [];
  const lines: string[] = [];
  let world: World;
  let database: TestDatabase;
  let service: RunningService;

  const settings = (): Record<string, string> => ({
    SELFOS_HOME: world.home, PORT: '0', DATABASE_URL: database.url, SHUTDOWN_DRAIN_MS: '1000', STORY_VIDEO_SCALE: 'small',
    STORY_TEMPORARY: join(world.home, 'tmp'), STORY_RENDER_THREADS: '1', STORY_JOBS: '1', STORY_INSTAGRAM_SECONDS: '4',
  });
  const launch = async (): Promise<RunningService> => {
    const config = loadConfig(configSchema, settings());
    return startService({ manifest, config, module: StoryEngineModule.with(config), clock, logger: quietLogger('story-engine', lines), directory: world.directory });
  };

  beforeAll(async () => {
    clock.freeze(WEDNESDAY);
    world = await makeWorld();
    database = await databaseFor('story_engine');
    service = await launch();
    await service.app.get(EventBus).subscribe({ group: 'notify', types: ['story.generated', 'story.failed'], handler: (event) => Promise.resolve(void told.push(event as unknown as (typeof told)[number])) });
    for (const userId of [ADA, BOB, CY]) await happens(service, events.userRegistered, { userId, aggregateId: userId, data: { user_id: userId, timezone: 'Europe/Paris' }, time: clock.now() });
  });
  afterAll(async () => {
    await service.close();
    await world.close();
    await database.drop();
  });

  async function runs(userId: string, localDate: string, minutes: number): Promise<{ id: string; task: string }> {
    const [id, task] = [uuidv7(), uuidv7()];
    const title = await titleOf(world, userId, { oid: task, ctx: 'tasks.task.title', words: WORDS });
    const data = { id, task_id: task, local_date: localDate, status: 'completed' as const, completed_at: `${localDate}T06:30:00Z`, minutes, version: 1, title, life_areas: ['health' as const], timezone: 'Europe/Paris' };
    await happens(service, events.occurrenceCompleted, { userId, aggregateId: id, data, time: clock.now() });
    return { id, task };
  }

  const get = (userId: string, id: string) => world.as(userId, () => world.client.call(routes.getStory, { params: { id } }));
  const opened = async (userId: string, id: string) => world.sealer.open(routes.getStory.response, userId, await get(userId, id));
  const ready = (userId: string, id: string) =>
    eventually(
      async () => {
        const story = await get(userId, id);
        expect(story.status).toMatch(/generated|failed/);
        return story;
      },
      { timeoutMs: 90_000 },
    );
  async function file(userId: string, id: string, name: 'video' | 'instagram' | 'tiktok' | 'captions' | 'cover'): Promise<Buffer> {
    const header = await world.as(userId, () => world.client.call(routes.storyFileHeader, { params: { id, name } }));
    const reader = await world.sealer.blobReader(userId, { oid: header.id, ctx: 'stories.file.header' }, header.header);
    const parts: Uint8Array[] = [];
    const range = async (start: number, end: number): Promise<Uint8Array> => {
      const answer = await world.as(userId, () => world.client.bytes(routes.storyFileBody, { params: { id, name }, range: `bytes=${start}-${end - 1}` }));
      expect(answer.status).toBe(206);
      expect(answer.headers['content-range']).toBe(`bytes ${start}-${end - 1}/${header.ciphertext_bytes}`);
      return Buffer.concat(await answer.body.toArray());
    };
    for await (const part of reader.read(range)) parts.push(part);
    return Buffer.concat(parts);
  }

  it('makes a week’s story of its evidence: five outputs, one notification', async () => {
    await runs(ADA, '2026-11-10', 30);
    await runs(ADA, '2026-11-11', 45);
    await runs(ADA, '2026-11-02', 60);
    const goal = uuidv7();
    const title = await titleOf(world, ADA, { oid: goal, ctx: 'goals.goal.title', words: 'A half marathon' });
    await happens(service, events.goalCreated, { userId: ADA, aggregateId: goal, time: clock.now(), data: { id: goal, title, life_areas: ['health'], target_date: '2027-04-01', status: 'active', progress: 0.2, achieved_at: null, plan_id: null, version: 1 } });
    await eventually(async () => expect(await evidenceCount(database, ADA)).toEqual({ there: 4, gone: 0 }), { timeoutMs: 15_000 });
    const begun = await world.as(ADA, () => world.client.call(routes.createStory, { body: {}, idempotencyKey: 'week-46' }));
    expect(begun.status).toBe('queued');
    const again = await world.as(ADA, () => world.client.call(routes.createStory, { body: {}, idempotencyKey: 'week-46' }));
    expect(again).toEqual(begun);
    await ready(ADA, begun.id);
    const story = await opened(ADA, begun.id);
    expect(story).toMatchObject({ status: 'generated', state: 'done', start_date: '2026-11-05', end_date: '2026-11-11', timezone: 'Europe/Paris', title: 'Your week', failure: null });
    expect(story.video_url).toBe(`/api/v1/stories/${begun.id}/files/video`);
    expect(story.instagram_url).toContain('/files/instagram');
    expect(story.tiktok_url).toContain('/files/tiktok');
    expect(story.blog_post?.html).toContain(`${WORDS}, ${WORDS}, A half marathon.`);
    expect(story.obsidian_note).toContain('start: 2026-11-05');
    await eventually(() => expect(told.filter((event) => event.type === 'story.generated' && event.aggregateid === begun.id)).toHaveLength(1));
  }, 120_000);

  it('serves its sealed files in ranges, and what they open to is films of the platforms’ lengths, captions and a cover', async () => {
    const [story] = (await world.as(ADA, () => world.client.call(routes.listStories, {}))).items;
    const id = story?.id ?? '';
    for (const [name, size] of [['video', [640, 360]], ['tiktok', [360, 640]], ['instagram', [360, 640]]] as const) {
      const path = join(world.home, `${name}.mp4`);
      writeFileSync(path, await file(ADA, id, name));
      const { streams, format } = probe(path);
      expect(streams[0]).toMatchObject({ codec_name: 'h264', width: size[0], height: size[1] });
      expect(Number(format.duration) <= 4.05).toBe(name === 'instagram');
    }
    const captions = (await file(ADA, id, 'captions')).toString();
    expect(captions).toMatch(/^WEBVTT/);
    expect(captions).toContain('You ran twice.');
    expect((await file(ADA, id, 'cover')).subarray(1, 4).toString()).toBe('PNG');
    await expect(file(BOB, id, 'video')).rejects.toMatchObject({ code: 'stories.story.not-found' });
    await expect(world.as(ADA, () => world.client.bytes(routes.storyFileBody, { params: { id, name: 'video' }, range: 'bytes=99999999-' }))).rejects.toMatchObject({ code: 'stories.file.range' });
  });

  it('asks for no key but that of stories, and leaves no word and no frame in the clear', () => {
    expect(new Set(world.asked.domains)).toEqual(new Set(['stories']));
    expect(lines.join('\n')).not.toContain(WORDS);
    const blobs = readdirSync(join(world.home, 'blobs', 'story'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(blobs.length).toBe(5);
    for (const blob of blobs) {
      const bytes = readFileSync(join(blob.parentPath, blob.name));
      for (const sign of ['ftyp', 'moov', 'WEBVTT', 'IHDR', WORDS]) expect(bytes.includes(sign)).toBe(false);
    }
    for (const folder of readdirSync(join(world.home, 'tmp'))) expect(readdirSync(join(world.home, 'tmp', folder))).toEqual([]);
  });

  it('shows nobody another person’s stories', async () => {
    const [story] = (await world.as(ADA, () => world.client.call(routes.listStories, {}))).items;
    expect((await world.as(BOB, () => world.client.call(routes.listStories, {}))).items).toEqual([]);
    await expect(get(BOB, story?.id ?? '')).rejects.toMatchObject({ code: 'stories.story.not-found' });
  });

  it('refuses days that have not begun, and says which field', async () => {
    const refused = world.as(ADA, () => world.client.call(routes.createStory, { body: { end_date: '2026-11-12' } }));
    await expect(refused).rejects.toMatchObject({ code: 'stories.period.not-over', issues: [{ pointer: '/end_date' }] });
  });

  it('fails a story whose script no record supports, says so once, and lists it first', async () => {
    clock.freeze(WEDNESDAY + 60_000);
    world.script = (evidence) => shortScript([...evidence, uuidv7()]);
    const { id } = await world.as(ADA, () => world.client.call(routes.createStory, { body: {} }));
    expect(await ready(ADA, id)).toMatchObject({ status: 'failed', state: 'GenerateScript', failure: 'stories.script.unsupported', video_url: null, blog_post: null });
    world.script = shortScript;
    const newest = await world.as(ADA, () => world.client.call(routes.listStories, { query: { limit: 1 } }));
    expect(newest.items).toMatchObject([{ id }]);
    const older = await world.as(ADA, () => world.client.call(routes.listStories, { query: { limit: 1, cursor: newest.next_cursor ?? '' } }));
    expect(older).toMatchObject({ items: [{ status: 'generated' }], next_cursor: null });
    await expect(world.as(ADA, () => world.client.call(routes.listStories, { query: { cursor: 'nonsense' } }))).rejects.toMatchObject({ code: 'stories.page.cursor' });
    await eventually(() => expect(told.filter((event) => event.type === 'story.failed' && event.aggregateid === id)).toHaveLength(1));
  }, 180_000);

  it('begins by itself on Sunday evening of the person’s own clock, once, and not for a week of nothing', async () => {
    const undone = await runs(CY, '2026-11-10', 20);
    await happens(service, events.occurrenceReopened, { userId: CY, aggregateId: undone.id, data: { id: undone.id, task_id: undone.task, local_date: '2026-11-10', version: 2 }, time: clock.now() });
    await eventually(async () => expect(await evidenceCount(database, CY)).toEqual({ there: 0, gone: 1 }));
    clock.freeze(SUNDAY_EVENING + 60_000);
    const own = await eventually(
      async () => {
        const { items } = await world.as(ADA, () => world.client.call(routes.listStories, {}));
        const found = items.filter((story) => story.start_date === '2026-11-09');
        expect(found).toHaveLength(1);
        return found[0];
      },
      { timeoutMs: 15_000 },
    );
    expect(own).toMatchObject({ end_date: '2026-11-15' });
    expect(await ready(ADA, own?.id ?? '')).toMatchObject({ status: 'generated' });
    for (const userId of [BOB, CY]) expect((await world.as(userId, () => world.client.call(routes.listStories, {}))).items).toEqual([]);
  }, 120_000);

  it('forgets a person whole', async () => {
    await happens(service, events.userErased, { userId: ADA, aggregateId: ADA, data: { request_id: uuidv7() }, time: clock.now() });
    await eventually(async () => expect((await world.as(ADA, () => world.client.call(routes.listStories, {}))).items).toEqual([]));
    const left = readdirSync(join(world.home, 'blobs', 'story'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(left).toEqual([]);
  });
});

async function evidenceCount(database: TestDatabase, userId: string): Promise<{ there: number; gone: number } | undefined> {
  const url = new URL(database.url);
  url.pathname = `${url.pathname}_story`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    const counts = 'SELECT count(*) FILTER (WHERE NOT gone)::int AS there, count(*) FILTER (WHERE gone)::int AS gone FROM evidence WHERE user_id = $1';
    return (await client.query<{ there: number; gone: number }>(counts, [userId])).rows[0];
  } finally {
    await client.end();
  }
}
