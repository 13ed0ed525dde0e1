import { routes } from '@selfos/contracts';
import { Temporal } from 'temporal-polyfill';
import type { Answer, Stage, Story, Today } from './stage.js';
import { waitFor } from './stage.js';

const PASSWORD = 'a long walk by the sea';

/** Creates the account of this run and signs in. */
export async function join(stage: Stage): Promise<string> {
  const email = `ada+${stage.run}@example.org`;
  const me = await stage.client.call(routes.register, { key: `${stage.run}:register`, body: { email, password: PASSWORD, timezone: stage.timezone } });
  const tokens = await stage.client.call(routes.login, { body: { email, password: PASSWORD } });
  stage.client.signInWith(tokens.access_token);
  return me.id;
}

export interface Sentence {
  readonly step: string;
  readonly text: string;
  readonly conversationId?: string;
  readonly context?: NonNullable<Parameters<typeof contextOf>[0]>;
}

/** Says one sentence and gets the answer with what was planned. */
export async function say(stage: Stage, sentence: Sentence): Promise<Answer> {
  stage.tell(`Ada: “${sentence.text}”`);
  const answer = await stage.client.call(routes.converse, {
    key: `${stage.run}:${sentence.step}`,
    body: { message: sentence.text, ...contextOf(sentence.context), ...(sentence.conversationId === undefined ? {} : { conversation_id: sentence.conversationId }) },
  });
  stage.tell(`SelfOS (${answer.model}): ${answer.ai_response}`);
  for (const task of answer.created_tasks) stage.tell(`  + ${task.title} · ${task.recurrence ?? 'once'} · ${task.scheduled_time ?? 'any time'}`);
  for (const memory of answer.memories_used) stage.tell(`  remembered: ${memory.text}`);
  return answer;
}

function contextOf(context?: { life_areas?: ('health' | 'career')[]; current_mood?: string; available_time?: number }): { context?: NonNullable<typeof context> } {
  return context === undefined ? {} : { context };
}

/** Moves domain time to a wall time, `days` after the local date that it is now. */
export async function goTo(stage: Stage, when: { readonly days: number; readonly time: string }): Promise<Temporal.ZonedDateTime> {
  const clock = await stage.client.call(routes.getClock);
  const today = Temporal.Instant.from(clock.now).toZonedDateTimeISO(stage.timezone).toPlainDate();
  const target = today.add({ days: when.days }).toZonedDateTime({ timeZone: stage.timezone, plainTime: when.time });
  await stage.client.call(routes.moveClock, { body: { to: target.toInstant().toString() } });
  stage.tell(`— ${target.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })} —`);
  return target;
}

export async function today(stage: Stage): Promise<Today> {
  return stage.client.call(routes.getToday);
}

/** Completes what is due today and not done; `only` chooses among the titles. */
export async function doToday(stage: Stage, only: (title: string) => boolean = () => true): Promise<string[]> {
  const due = (await today(stage)).items.filter((item) => item.occurrence === null && !item.overdue && only(item.task.title));
  const done: string[] = [];
  for (const item of due) {
    const occurrence = await stage.client.call(routes.completeTask, {
      params: { id: item.task.id }, key: `${stage.run}:done:${item.task.id}:${item.local_date}`, body: { local_date: item.local_date, minutes: item.task.duration_minutes },
    });
    done.push(occurrence.id);
    stage.tell(`  ✓ ${item.task.title} (${String(occurrence.minutes)} min)`);
  }
  return done;
}

/** Waits until the reminder of a task's local date has fired. */
export async function reminderOf(stage: Stage, due: { readonly taskId: string; readonly localDate: string }): Promise<string> {
  return waitFor(
    async () => {
      const { items } = await stage.client.call(routes.listNotifications, { query: { limit: 100 } });
      const found = items.find((item) => item.kind === 'reminder' && item.task_id === due.taskId && item.local_date === due.localDate);
      if (found !== undefined) stage.tell(`  reminder: ${found.title ?? ''}`);
      return found?.id;
    },
    { what: `the reminder of ${due.localDate}`, timeoutMs: 120_000 },
  );
}

/** Asks for the week's story and follows it through its states. */
export async function tellTheWeek(stage: Stage, timeoutMs = 1_200_000): Promise<Story> {
  const { id } = await stage.client.call(routes.createStory, { key: `${stage.run}:story`, body: { period: 'week' } });
  let state = '';
  return waitFor(
    async () => {
      const story = await stage.client.call(routes.getStory, { params: { id } });
      if (story.state !== state) stage.tell(`  story: ${(state = story.state)}`);
      if (story.status === 'failed') throw new Error(`The story failed: ${story.failure ?? 'no reason given'}`);
      return story.status === 'generated' ? story : undefined;
    },
    { what: 'the story', timeoutMs, everyMs: 500 },
  );
}
