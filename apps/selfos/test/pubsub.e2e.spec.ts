import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { eventually, requireRealPart } from '@selfos/testing';
import { PubSubServer } from '@selfos/testing/pubsub';
import { once } from 'node:events';
import { doToday, goTo, reminderOf } from '../src/demo/person.js';
import { waitFor } from '../src/demo/stage.js';
import { planned, somebody, type Somebody } from './people.js';
import { discard, startSystem, type System } from './system.js';

const PROJECT = 'a-project';

requireRealPart('postgres')('SelfOS whose events travel over Google Pub/Sub', () => {
  const server = new PubSubServer({ deadline: 1, backoff: 0.05 });
  let system: System;

  beforeAll(async () => {
    await server.start();
    const env = { PUBSUB_PROJECT_ID: PROJECT, PUBSUB_EMULATOR_HOST: `127.0.0.1:${String(server.port)}` };
    const started = performance.now();
    system = await startSystem({ env });
    console.log('started', performance.now() - started, server.published().size, server.delivered().size);
  }, 120_000);
  afterAll(async () => {
    await discard(system);
    server.stop();
  }, 60_000);

  it('plans, reminds, notes and congratulates, each once, also when everything is brought again', async () => {
    const ada = await somebody(system.url);
    await goTo(ada, { days: 1, time: '06:00' });
    const { created_tasks: [task] } = await planned(ada);
    const day = await ada.client.call(routes.getToday);
    const localDate = day.items.find((item) => item.task.id === task?.id)?.local_date ?? '';
    await goTo(ada, { days: 0, time: '21:00' });
    await reminderOf(ada, { taskId: task?.id ?? '', localDate });
    console.log(await ada.client.call(routes.listNotifications), await doToday(ada));
    console.log(server.published(), server.delivered());
  }, 60_000);
});
