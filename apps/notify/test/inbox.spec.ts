import { beforeEach, describe, expect, it } from '@jest/globals';
import { NotificationCursorInvalid, NotificationNotFound } from '../src/domain/notifications/notification.errors.js';
import { ADA, BOB, TITLE } from './builders.js';
import { notifyInMemory } from './notify-in-memory.js';

const STORIES = ['018f0000-0000-7000-8000-0000000000c1', '018f0000-0000-7000-8000-0000000000c2', '018f0000-0000-7000-8000-0000000000c3'];
const GOAL = '018f0000-0000-7000-8000-0000000000d1';

describe('the inbox', () => {
  let notify: ReturnType<typeof notifyInMemory>;

  beforeEach(async () => {
    notify = notifyInMemory('2026-11-22T23:30:00Z');
    for (const story of STORIES) {
      await notify.announceStory.execute(ADA, story);
      notify.clock.freeze(notify.clock.nowMs() + 1);
    }
  });

  const stories = async (filter: { cursor?: string; limit?: number; unreadOnly?: boolean } = {}) => {
    const page = await notify.list.execute(ADA, { limit: 10, unreadOnly: false, ...filter });
    return { ...page, ids: page.items.map(({ storyId }) => storyId) };
  };

  it('tells of a story exactly once', async () => {
    await notify.announceStory.execute(ADA, STORIES[0] ?? '');
    expect((await stories()).ids).toEqual([...STORIES].reverse());
    expect(notify.outbox.events.map(({ type }) => type)).toEqual(Array(3).fill('notification.delivered'));
  });

  it('comes in pages, newest first', async () => {
    const first = await stories({ limit: 2 });
    expect(first.ids).toEqual([STORIES[2], STORIES[1]]);
    const second = await stories({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([second.ids, second.nextCursor]).toEqual([[STORIES[0]], undefined]);
    await expect(stories({ cursor: 'x' })).rejects.toThrow(NotificationCursorInvalid);
  });

  it('remembers what was read, from the first time on', async () => {
    const [newest] = (await stories()).items;
    const read = await notify.read.execute(ADA, newest?.id ?? '');
    notify.clock.freeze(notify.clock.nowMs() + 60_000);
    expect((await notify.read.execute(ADA, newest?.id ?? '')).readAt).toEqual(read.readAt);
    expect((await stories({ unreadOnly: true })).ids).toEqual([STORIES[1], STORIES[0]]);
    await expect(notify.read.execute(BOB, newest?.id ?? '')).rejects.toThrow(NotificationNotFound);
  });

  it('dates a goal that was reached in the person’s zone, once that is known', async () => {
    await notify.knowZone.execute(ADA, { timezone: 'Europe/Paris', seq: 2 });
    await notify.knowZone.execute(ADA, { timezone: 'America/Lima', seq: 1 });
    const achieved = { userId: ADA, goalId: GOAL, title: TITLE, achievedAt: new Date('2026-11-22T23:30:00Z') };
    await notify.congratulate.execute(achieved);
    await notify.congratulate.execute({ ...achieved, userId: BOB });
    const [ada] = (await notify.list.execute(ADA, { limit: 1, unreadOnly: false })).items;
    const [bob] = (await notify.list.execute(BOB, { limit: 1, unreadOnly: false })).items;
    expect(ada).toMatchObject({ kind: 'goal_achieved', goalId: GOAL, title: TITLE, localDate: '2026-11-23' });
    expect(bob?.localDate).toBeNull();
  });
});
