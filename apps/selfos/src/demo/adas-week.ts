import { routes } from '@selfos/contracts';
import { doToday, goTo, join, reminderOf, say, tellTheWeek } from './person.js';
import { waitFor, type Answer, type Stage, type Story } from './stage.js';

export interface Week {
  readonly userId: string;
  readonly answers: readonly Answer[];
  readonly reminders: readonly string[];
  readonly occurrences: readonly string[];
  readonly story: Story;
}

/** What Ada does on each of the seven days, by the titles that she gets done. Friday she rests. */
const DONE = [() => true, () => true, (title: string) => /walk|mobility|stretch|workout|strength|gentle/i.test(title), () => true, () => false, () => true, () => true];

/**
 * Ada's week, as a person would live it: she says what she wants, is reminded, does most of it, and gets the story.
 * Every request can be repeated with the same keys: playing the same run again changes nothing.
 */
export async function adasWeek(stage: Stage, firstSentence = 'I want to start exercising regularly'): Promise<Week> {
  const userId = await join(stage);
  await goTo(stage, { days: 1, time: '06:30' });
  const answers = await firstMorning(stage, firstSentence);
  const reminders: string[] = [];
  const occurrences: string[] = [];
  for (const [day, only] of DONE.entries()) {
    if (day > 0) await goTo(stage, { days: 1, time: '06:30' });
    reminders.push(...(await reminded(stage, answers)));
    await goTo(stage, { days: 0, time: '20:30' });
    occurrences.push(...(await doToday(stage, only)));
  }
  const story = await tellTheWeek(stage);
  return { userId, answers, reminders, occurrences, story };
}

async function firstMorning(stage: Stage, firstSentence: string): Promise<Answer[]> {
  const knee = await say(stage, { step: 'knee', text: 'I have a bad knee, so no running for me.' });
  await waitFor(
    async () => {
      const { items } = await stage.client.call(routes.listMemories);
      return items.find((memory) => memory.text.includes('knee'));
    },
    { what: 'a memory of the knee', timeoutMs: 120_000 },
  );
  const exercise = await say(stage, { step: 'exercise', text: firstSentence, context: { life_areas: ['health'], current_mood: 'motivated', available_time: 30 } });
  const reading = await say(stage, { step: 'reading', text: 'I want to read for 20 minutes every evening at 8pm' });
  return [knee, exercise, reading];
}

/** Passes the morning's first due time and waits for its reminder. */
async function reminded(stage: Stage, answers: readonly Answer[]): Promise<string[]> {
  const tasks = new Set(answers.flatMap((answer) => answer.created_tasks).map((task) => task.id));
  const { items } = await stage.client.call(routes.getToday);
  const first = items.find((item) => tasks.has(item.task.id) && item.task.scheduled_time !== null && item.occurrence === null && !item.overdue);
  if (first?.task.scheduled_time == null) return [];
  await goTo(stage, { days: 0, time: first.task.scheduled_time });
  return [await reminderOf(stage, { taskId: first.task.id, localDate: first.local_date })];
}
