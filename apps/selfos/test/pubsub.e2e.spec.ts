import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { serviceDatabase } from '@selfos/persistence';
import { eventually, requireRealPart } from '@selfos/testing';
import { PubSubServer } from '@selfos/testing/pubsub';
import { once } from 'node:events';
import pg from 'pg';
import { doToday, goTo, reminderOf } from '../src/demo/person.js';
import { administratorUrl } from '../src/operations/administrator-url.js';
import { planned, somebody, type Somebody } from './people.js';
import { discard, startSystem, type System } from './system.js';

requireRealPart('postgres')('SelfOS whose events travel over Google Pub/Sub', () => {
  const server = new PubSubServer({ deadline: 1, backoff: 0.05 });
  let system: System;
  let ada: Somebody;

  beforeAll(async () => {
    await server.start();
    system = await startSystem({ env: { PUBSUB_PROJECT_ID: 'a-project', PUBSUB_EMULATOR_HOST: `127.0.0.1:${server.port}` } });
    ada = await somebody(system.url);
  }, 120_000);
  afterAll(async () => {
    await discard(system);
    server.stop();
  });

  /** Resolves when every subscription has acknowledged all of its topic so many times. */
  const settled = (times: number) =>
    eventually(() => {
      const published = server.published();
      const behind = [...server.delivered()].filter(([name, { acknowledged }]) => !name.startsWith('selfos.dead.') && acknowledged < times * (published.get(topicOf(name)) ?? NaN));
      expect(behind).toEqual([]);
    }, { timeoutMs: 20_000 });
  const inbox = async () => (await ada.client.call(routes.listNotifications)).items.map(({ kind }) => kind).toSorted();

  it('plans, reminds, keeps evidence and congratulates, each once, though every message comes again', async () => {
    await goTo(ada, { days: 1, time: '06:00' });
    const { created_tasks } = await planned(ada);
    const [task] = created_tasks;
    const day = await ada.client.call(routes.getToday);
    // the booking of the reminder: notify heard of the task
    await eventually(() => {
      const given = server.published().get('selfos.task.created') ?? 0;
      expect(given).toBeGreaterThanOrEqual(created_tasks.length);
      expect(server.delivered().get('selfos.notify.task.created')).toEqual({ acknowledged: given, left: 0 });
    });
    await goTo(ada, { days: 0, time: '21:00' });
    await reminderOf(ada, { taskId: task?.id ?? '', localDate: day.items.find((item) => item.task.id === task?.id)?.local_date ?? '' });
    expect(await doToday(ada)).toHaveLength(1);
    await achieved(ada);
    await eventually(async () => expect(await inbox()).toEqual(['goal_achieved', 'reminder']), { timeoutMs: 20_000 });
    await settled(1);
    const evidence = await evidenceIn(system);
    expect(evidence).toBeGreaterThan(0);

    server.deliverAgain();
    await settled(2);
    expect(await inbox()).toEqual(['goal_achieved', 'reminder']);
    expect(await evidenceIn(system)).toBe(evidence);
    expect([...server.published()].filter(([name, count]) => name.startsWith('selfos.dead.') && count > 0)).toEqual([]);
  }, 180_000);

  it('goes on answering when Pub/Sub is away, and still stops', async () => {
    server.stop();
    const { id } = await ada.client.call(routes.createTask, { body: { title: 'Water the plants', life_areas: ['personal_growth'] } });
    expect((await ada.client.call(routes.getTask, { params: { id } })).title).toBe('Water the plants');
    system.process.kill('SIGTERM');
    expect(await once(system.process, 'exit')).toEqual([0, null]);
  }, 180_000);
});

/** `selfos.<group>.<type>` reads `selfos.<type>`. */
function topicOf(subscription: string): string {
  return subscription.replace(/^selfos\.[^.]+\./, 'selfos.');
}

async function achieved({ client }: Somebody): Promise<void> {
  const goal = await client.call(routes.createGoal, { body: { title: 'Run a market stall', vision: 'To sell what I make', life_areas: ['career'], target_date: '2027-06-01', success_metrics: ['10 sales'] } });
  await client.call(routes.changeGoal, { params: { id: goal.id }, version: goal.version, body: { status: 'achieved' } });
}

/** How much the story engine has noted of what was done. */
async function evidenceIn({ home }: System): Promise<number> {
  const { adminUrl } = await serviceDatabase('story', administratorUrl({ SELFOS_HOME: home }));
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM evidence');
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
