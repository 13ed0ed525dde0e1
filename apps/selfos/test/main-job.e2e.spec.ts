import { describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { ProblemAnswer, SelfosClient } from '../src/client/selfos-client.js';
import { doToday, goTo, reminderOf, say, tellTheWeek } from '../src/demo/person.js';
import { waitFor, type Story } from '../src/demo/stage.js';
import { APPENDIX_B, planned, somebody, type Somebody } from './people.js';
import { sharedSystem } from './system.js';

const system = sharedSystem();

async function problemOf(work: Promise<unknown>): Promise<ProblemAnswer> {
  const outcome = await work.then(() => undefined, (error: unknown) => error);
  if (!(outcome instanceof ProblemAnswer)) throw new Error(`expected a problem, got ${String(outcome)}`);
  return outcome;
}

describe('an account', () => {
  it('is created once, signs in, renews its tokens, and signs out', async () => {
    const ada = await somebody(system.url);
    const email = `ada+${ada.run}@example.org`;
    expect((await ada.client.call(routes.getMe)).email).toBe(email);
    const again = await problemOf(new SelfosClient(system.url).call(routes.register, { body: { email: email.toUpperCase(), password: 'another long password', timezone: 'UTC' } }));
    expect(again.status).toBe(409);
    const tokens = await ada.client.call(routes.login, { body: { email, password: 'a long walk by the sea' } });
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const renewed = await ada.client.call(routes.refresh, { body: { refresh_token: tokens.refresh_token } });
    expect((await problemOf(ada.client.call(routes.refresh, { body: { refresh_token: tokens.refresh_token } }))).status).toBe(401);
    expect((await problemOf(ada.client.call(routes.refresh, { body: { refresh_token: renewed.refresh_token } }))).status).toBe(401);
  });

  it.each([
    [{ email: 'not an address', password: 'long enough to pass', timezone: 'Europe/Paris' }, '/email'],
    [{ email: 'a@example.org', password: 'short', timezone: 'Europe/Paris' }, '/password'],
    [{ email: 'a@example.org', password: 'long enough to pass', timezone: 'Mars/Olympus' }, '/timezone'],
  ])('is refused with the field that is wrong: %j', async (body, pointer) => {
    const problem = await problemOf(new SelfosClient(system.url).call(routes.register, { body }));
    expect(problem.status).toBe(400);
    expect(problem.problem.errors?.map((issue) => issue.pointer)).toContain(pointer);
  });

  it('needs a token for everything that is personal', async () => {
    for (const route of [routes.getMe, routes.listTasks, routes.getToday, routes.listMemories, routes.listStories, routes.listNotifications]) {
      expect((await problemOf(new SelfosClient(system.url).call(route))).status).toBe(401);
    }
  });
});

describe('one sentence', () => {
  it('becomes a daily health task that fits the time there is, in the shape of Appendix B', async () => {
    const ada = await somebody(system.url);
    const answer = await planned(ada);
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['conversation_id', 'ai_response', 'created_tasks', 'media_suggestions', 'plan']));
    expect(answer.model).toBe('selfos-builtin');
    const [task] = answer.created_tasks;
    expect(Object.keys(task ?? {}).sort()).toEqual(['id', 'recurrence', 'scheduled_time', 'title']);
    expect(task).toMatchObject({ recurrence: 'daily', scheduled_time: expect.stringMatching(/^\d\d:\d\d$/) });
    const whole = await ada.client.call(routes.getTask, { params: { id: task?.id ?? '' } });
    expect(whole.life_areas).toContain('health');
    expect(whole.duration_minutes).toBeLessThanOrEqual(30);
    for (const media of answer.media_suggestions) expect(Object.keys(media).sort()).toEqual(['title', 'type', 'url']);
    expect(answer.plan?.status).toBe('applied');
  });

  it('said twice with one key is said once; another body under that key is refused', async () => {
    const ada = await somebody(system.url);
    const first = await planned(ada);
    expect(await planned(ada)).toEqual(first);
    expect((await ada.client.call(routes.listTasks)).items).toHaveLength(first.created_tasks.length);
    const other = await problemOf(ada.client.call(routes.converse, { key: `${ada.run}:appendix-b`, body: { ...APPENDIX_B, message: 'Something else' } }));
    expect(other.status).toBe(422);
  });

  it('can be proposed first, then accepted, undone or rejected', async () => {
    const ada = await somebody(system.url);
    const proposed = await ada.client.call(routes.converse, { body: { ...APPENDIX_B, apply: false } });
    expect((await ada.client.call(routes.listTasks)).items).toEqual([]);
    const id = proposed.plan?.id ?? '';
    expect((await ada.client.call(routes.acceptPlan, { params: { id } })).status).toBe('applied');
    expect((await ada.client.call(routes.listTasks, { query: { status: 'open' } })).items.length).toBeGreaterThan(0);
    expect((await ada.client.call(routes.undoPlan, { params: { id } })).status).toBe('undone');
    expect((await ada.client.call(routes.listTasks, { query: { status: 'open' } })).items).toEqual([]);
    expect((await problemOf(ada.client.call(routes.rejectPlan, { params: { id } }))).status).toBe(409);
  });

  it('streams its answer, and ends with the same shape', async () => {
    const ada = await somebody(system.url);
    const frames: { event: string; data: unknown }[] = [];
    for await (const frame of ada.client.stream(routes.converse, { body: APPENDIX_B })) frames.push(frame);
    const done = frames.find((frame) => frame.event === 'done')?.data as { ai_response: string };
    const text = frames.filter((frame) => frame.event === 'token').map((frame) => (frame.data as { text: string }).text).join('');
    expect(text).toBe(done.ai_response);
    expect(frames.at(-1)?.event).toBe('done');
  });

  it.each([[{}], [{ message: '' }], [{ message: 7 }], [{ message: 'x', context: { available_time: -1 } }], [{ message: 'x', context: { life_areas: ['luck'] } }]])('is refused when it is %j', async (body) => {
    const ada = await somebody(system.url);
    const problem = await problemOf(ada.client.call(routes.converse, { body: body as never }));
    expect(problem.status).toBe(400);
    expect(problem.problem.errors?.length).toBeGreaterThan(0);
    expect((await ada.client.call(routes.listConversations)).items).toEqual([]);
  });
});

describe('tasks and goals', () => {
  it('complete once per day, whoever asks twice', async () => {
    const ada = await somebody(system.url);
    const task = await ada.client.call(routes.createTask, { body: { title: 'Water the plants', life_areas: ['personal_growth'], recurring_pattern: 'daily' } });
    const one = await ada.client.call(routes.completeTask, { params: { id: task.id }, body: {} });
    const two = await ada.client.call(routes.completeTask, { params: { id: task.id }, body: {} });
    expect(two).toEqual(one);
    const day = await ada.client.call(routes.getToday);
    expect(day.items.find((item) => item.task.id === task.id)?.occurrence?.id).toBe(one.id);
  });

  it('change only from the version that was seen', async () => {
    const ada = await somebody(system.url);
    const goal = await ada.client.call(routes.createGoal, { body: { title: 'Run a market stall', vision: 'To sell what I make', life_areas: ['career'], target_date: '2027-06-01', success_metrics: ['10 sales'] } });
    const path = { params: { id: goal.id } };
    expect((await problemOf(ada.client.call(routes.changeGoal, { ...path, body: { title: 'x' } }))).status).toBe(428);
    const changed = await ada.client.call(routes.changeGoal, { ...path, version: goal.version, body: { title: 'Run two market stalls' } });
    expect(changed.title).toBe('Run two market stalls');
    expect((await problemOf(ada.client.call(routes.changeGoal, { ...path, version: goal.version, body: { title: 'y' } }))).status).toBe(412);
  });

  it('refuse ranges that make no sense', async () => {
    const ada = await somebody(system.url);
    const base = { title: 'T', life_areas: ['health' as const] };
    for (const wrong of [{ priority: 6 }, { energy_required: 0 }, { duration_minutes: 0 }, { recurring_pattern: 'whenever' }, { scheduled_time: '25:00' }, { title: '' }, { life_areas: [] }]) {
      expect((await problemOf(ada.client.call(routes.createTask, { body: { ...base, ...wrong } as never }))).status).toBe(400);
    }
  });

  it('are nobody else’s', async () => {
    const [ada, bob] = [await somebody(system.url), await somebody(system.url)];
    const task = await ada.client.call(routes.createTask, { body: { title: 'Hers', life_areas: ['health'] } });
    const path = { params: { id: task.id } };
    expect((await problemOf(bob.client.call(routes.getTask, path))).status).toBe(404);
    expect((await problemOf(bob.client.call(routes.changeTask, { ...path, version: 1, body: { priority: 1 } }))).status).toBe(404);
    expect((await problemOf(bob.client.call(routes.deleteTask, { ...path, version: 1 }))).status).toBe(404);
    expect((await problemOf(bob.client.call(routes.completeTask, { ...path, body: {} }))).status).toBe(404);
    expect((await bob.client.call(routes.listTasks)).items).toEqual([]);
  });
});

describe('a memory', () => {
  it('of a bad knee changes tomorrow’s workout, can be seen and forgotten', async () => {
    const ada = await somebody(system.url);
    await say(ada, { step: 'knee', text: 'I have a bad knee.' });
    const memory = await waitFor(async () => (await ada.client.call(routes.listMemories)).items.find((item) => item.text.includes('knee')), { what: 'the memory', timeoutMs: 60_000 });
    await goTo(ada, { days: 1, time: '08:00' });
    const answer = await say(ada, { step: 'workout', text: 'Make me a workout plan', context: { available_time: 30 } });
    expect(answer.memories_used.map((used) => used.id)).toContain(memory.id);
    expect(answer.ai_response).toMatch(/knee/i);
    expect(answer.created_tasks.map((task) => task.title).join(' ')).not.toMatch(/\brun|jump/i);
    await ada.client.call(routes.forgetMemory, { params: { id: memory.id } });
    expect((await ada.client.call(routes.listMemories)).items.map((item) => item.id)).not.toContain(memory.id);
  }, 120_000);
});

describe('a week', () => {
  it('reminds once, is told as a story from what was done, and takes feedback', async () => {
    const ada = await somebody(system.url);
    await goTo(ada, { days: 1, time: '06:00' });
    const answer = await planned(ada);
    const task = answer.created_tasks[0];
    const day = await ada.client.call(routes.getToday);
    const first = day.items.find((item) => item.task.id === task?.id);
    await goTo(ada, { days: 0, time: '21:00' });
    const reminder = await reminderOf(ada, { taskId: task?.id ?? '', localDate: first?.local_date ?? '' });
    const done = await doToday(ada);
    await goTo(ada, { days: 1, time: '05:00' });
    const reminders = (await ada.client.call(routes.listNotifications, { query: { limit: 100 } })).items.filter((item) => item.local_date === first?.local_date && item.task_id === task?.id);
    expect(reminders.map((item) => item.id)).toEqual([reminder]);
    expect((await ada.client.call(routes.readNotification, { params: { id: reminder } })).read_at).not.toBeNull();
    const story = await tellTheWeek(ada);
    expect(done.length).toBeGreaterThan(0);
    expect(story.blog_post?.markdown).toBeTruthy();
    expect(story.obsidian_note).toContain(task?.title ?? '???');
    await isBorneOut(ada, story);
    await servesRanges(story.video_url ?? '');
    await waitFor(async () => (await ada.client.call(routes.listNotifications)).items.find((item) => item.story_id === story.id), { what: 'the notification of the story', timeoutMs: 60_000 });
    const feedback = await ada.client.call(routes.giveFeedback, { body: { conversation_id: answer.conversation_id, rating: 4, correction: 'A little shorter' } });
    expect(feedback).toMatchObject({ rating: 4, correction: 'A little shorter' });
  }, 300_000);
});

/** The note's own figures and every thing it ticks off are what the person's records say. */
async function isBorneOut(person: Somebody, story: Story): Promise<void> {
  const { items } = await person.client.call(routes.listOccurrences, { query: { limit: 100 } });
  const tasks = (await person.client.call(routes.listTasks, { query: { limit: 100 } })).items;
  const note = story.obsidian_note ?? '';
  expect(note).toContain(`completed: ${String(items.length)}\n`);
  expect(note).toContain(`minutes: ${String(items.reduce((sum, item) => sum + item.minutes, 0))}\n`);
  const ticked = [...note.matchAll(/^- \[x\] (.+) \((\d+) min\)$/gm)].map((match) => `${match[1] ?? ''} ${match[2] ?? ''}`).sort();
  const titleOf = (taskId: string): string => tasks.find((task) => task.id === taskId)?.title ?? '';
  expect(ticked).toEqual(items.map((item) => `${titleOf(item.task_id)} ${String(item.minutes)}`).sort());
}

async function servesRanges(videoUrl: string): Promise<void> {
  const whole = Buffer.from(await (await fetch(videoUrl)).arrayBuffer());
  expect(whole.subarray(4, 8).toString()).toBe('ftyp');
  const part = await fetch(videoUrl, { headers: { range: 'bytes=70000-70999' } });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(70_000, 71_000))).toBe(true);
  const forged = new URL(videoUrl);
  forged.searchParams.set('token', `${forged.searchParams.get('token') ?? ''}x`);
  expect((await fetch(forged)).status).toBe(401);
}
