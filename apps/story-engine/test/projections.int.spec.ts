import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { closeDatabase, DatabaseContext, openDatabase, type OpenDatabase, TypeormTransaction } from '@selfos/persistence';
import { databaseFor, requireRealPart, type TestDatabase } from '@selfos/testing';
import { workMigrations } from '@selfos/work';
import type { Evidence } from '../src/domain/evidence/evidence.js';
import { weekEndingOn } from '../src/domain/period/period.js';
import { newStory } from '../src/domain/story/story.js';
import { CreateStories1763800000000 } from '../src/repositories/migrations/create-stories.js';
import { EvidenceRow, PersonRow, StoryFileRow, StoryRow } from '../src/repositories/typeorm/rows.js';
import { TypeormEvidenceRepository } from '../src/repositories/typeorm/typeorm-evidence.repository.js';
import { TypeormPeopleRepository } from '../src/repositories/typeorm/typeorm-people.repository.js';
import { TypeormStoryRepository } from '../src/repositories/typeorm/typeorm-story.repository.js';

const ADA = uuidv7();
const BOB = uuidv7();
const WEEK = weekEndingOn('2026-11-15', 'Europe/Paris');

for (const [part, version] of [['postgres', 'embedded'], ['postgres-15', '15']] as const) {
  requireRealPart(part)(`the story database on ${part}`, () => {
    const context = new DatabaseContext();
    const evidence = new TypeormEvidenceRepository(context);
    const people = new TypeormPeopleRepository(context);
    const stories = new TypeormStoryRepository(context);
    let database: TestDatabase;
    let open: OpenDatabase;
    let current: string | undefined;

    beforeAll(async () => {
      database = await databaseFor('story_projections', version);
      open = await openDatabase({ name: 'story', databaseUrl: database.url, rows: [PersonRow, EvidenceRow, StoryRow, StoryFileRow], migrations: [...workMigrations, CreateStories1763800000000] });
    });
    afterAll(async () => {
      await closeDatabase(open);
      await database.drop();
    });

    const as = <T>(userId: string | undefined, work: () => Promise<T>): Promise<T> => {
      current = userId;
      return new TypeormTransaction(open.app, context, () => current).run(work);
    };
    const run = (parts: Partial<Evidence> = {}): Evidence => ({
      id: uuidv7(), userId: ADA, kind: 'occurrence', seq: 1, gone: false, title: undefined, lifeAreas: ['health'], happenedAt: new Date('2026-11-12T06:00:00Z'), localDate: '2026-11-12',
      taskId: uuidv7(), minutes: 30, achieved: undefined, progress: undefined, ...parts,
    });
    const inWeek = async (userId = ADA): Promise<string[]> => (await as(userId, () => evidence.inPeriod(userId, WEEK))).map((one) => one.id);

    it('keeps the newest word about each thing, in whatever order the news arrives', async () => {
      const late = run({ seq: 5, minutes: 50 });
      await as(ADA, () => evidence.project(late));
      await as(ADA, () => evidence.project({ ...late, seq: 3, minutes: 10 }));
      const [found] = await as(ADA, () => evidence.inPeriod(ADA, WEEK));
      expect(found).toEqual(late);
      await as(ADA, () => evidence.remove({ id: late.id, userId: ADA, kind: 'occurrence', seq: 4 }));
      expect(await inWeek()).toEqual([late.id]);
      await as(ADA, () => evidence.remove({ id: late.id, userId: ADA, kind: 'occurrence', seq: 6 }));
      expect(await inWeek()).toEqual([]);
    });

    it('remembers that a thing is gone before it was ever heard of', async () => {
      const never = run({ seq: 1 });
      await as(ADA, () => evidence.remove({ id: never.id, userId: ADA, kind: 'occurrence', seq: 2 }));
      await as(ADA, () => evidence.project(never));
      expect(await inWeek()).toEqual([]);
      const again = { ...never, seq: 3 };
      await as(ADA, () => evidence.project(again));
      expect(await inWeek()).toEqual([never.id]);
      await as(ADA, () => evidence.removeAll(ADA));
    });

    it('counts by the local date of the record, or by the person’s midnight', async () => {
      const sunday = run({ localDate: '2026-11-15', happenedAt: new Date('2026-11-16T07:00:00Z') });
      const before = run({ localDate: '2026-11-08', happenedAt: new Date('2026-11-09T07:00:00Z') });
      const goal = (iso: string): Evidence => run({ kind: 'goal', localDate: undefined, taskId: undefined, minutes: undefined, happenedAt: new Date(iso) });
      const [inside, outside] = [goal('2026-11-15T22:59:00Z'), goal('2026-11-15T23:00:00Z')];
      for (const one of [sunday, before, inside, outside]) await as(ADA, () => evidence.project(one));
      expect(await inWeek()).toEqual([inside.id, sunday.id]);
    });

    it('shows nobody the rows of another, not even without a condition, and nothing to nobody', async () => {
      const story = newStory({ id: uuidv7(), userId: ADA, period: WEEK, createdAt: new Date() });
      await as(ADA, () => stories.add(story));
      await as(ADA, () => people.project({ userId: ADA, zone: 'Europe/Paris', seq: 1 }));
      for (const row of [StoryRow, EvidenceRow, PersonRow]) {
        expect(await as(BOB, () => context.manager().find(row))).toEqual([]);
        expect(await as(undefined, () => context.manager().find(row))).toEqual([]);
      }
      expect(await as(ADA, () => context.manager().count(StoryRow))).toBe(1);
      await expect(as(BOB, () => stories.add({ ...story, id: uuidv7() }))).rejects.toThrow(/row-level security/);
      await expect(as(ADA, () => stories.add(story))).rejects.toMatchObject({ code: 'stories.story.exists' });
    });

    it('keeps the newest zone of a person', async () => {
      expect(await as(BOB, () => people.project({ userId: BOB, zone: 'Asia/Tokyo', seq: 4 }))).toBe(true);
      expect(await as(BOB, () => people.project({ userId: BOB, zone: 'UTC', seq: 2 }))).toBe(false);
      expect(await as(BOB, () => people.zoneOf(BOB))).toBe('Asia/Tokyo');
      expect(await as(ADA, () => people.zoneOf(BOB))).toBeUndefined();
    });
  });
}
