import { describe, expect, it } from '@jest/globals';
import { LIFE_AREAS } from '@selfos/kernel';
import { localDates } from '@selfos/recurrence';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { AGENDA, AGENDA_NOW } from './agenda/agenda-prompts.fixture.js';
import { AMBIGUOUS } from './ambiguous.fixture.js';
import { MORE_PROMPTS } from './more-prompts.fixture.js';
import type { Plan, PlanContext } from './plan.js';
import { planFromMessage } from './plan-from-message.js';
import { PROMPTS } from './prompts.fixture.js';
import { WISHES } from './wish-prompts.fixture.js';

const ALL = [...PROMPTS, ...MORE_PROMPTS, ...WISHES];
const NOW = Temporal.ZonedDateTime.from('2026-03-04T09:00[Europe/Paris]').epochMilliseconds;
const TODAY = '2026-03-04';
const MOODS = ['motivated', 'exhausted', 'sad', 'overwhelmed', 'fine', 'not tired'] as const;

const plan = (message: string, context: PlanContext = {}): Plan => planFromMessage({ message, context, zone: 'Europe/Paris', nowMs: NOW, memories: [] });

function faultsOfGoals({ goals, tasks }: Plan): string[] {
  return goals.flatMap((goal, index) => {
    const steps = tasks.filter((task) => task.goal === index).map(({ durationMinutes }) => durationMinutes);
    const checks: [boolean, string][] = [
      [goal.vision.length > 5, 'no vision'], [goal.successMetrics.some((metric) => /\d/.test(metric)), 'no number'], [goal.milestones.length > 0, 'no milestone'],
      [goal.targetDate > TODAY, 'not ahead'], [goal.milestones.every(({ targetDate }) => targetDate <= goal.targetDate && targetDate >= TODAY), 'milestone too late'],
      [Math.min(...steps) <= 15, 'no first step'], [/^\p{Lu}|^\d|^["“‘(]/u.test(goal.title) && goal.title.length <= 200, `title ${goal.title}`],
    ];
    return checks.filter(([fits]) => !fits).map(([, fault]) => `${goal.title}: ${fault}`);
  });
}

function fullestDay({ tasks }: Plan): number {
  const load = new Map<string, number>();
  for (const { schedule, durationMinutes } of tasks) {
    for (const day of localDates({ startDate: schedule.date, rrule: schedule.rrule }, schedule.date, '2026-05-31')) load.set(day, (load.get(day) ?? 0) + durationMinutes);
  }
  return Math.max(0, ...load.values());
}

describe('goals', () => {
  it('come in each of the seven areas, from at least three sentences each', () => {
    const counts = LIFE_AREAS.map((area) => [area, ALL.filter((prompt) => prompt.expect.area[0] === area && plan(prompt.message).goals.some(({ lifeAreas }) => lifeAreas[0] === area)).length] as const);
    expect(counts.filter(([, count]) => count < 3)).toEqual([]);
  });

  it('each hold a vision, a number, a milestone in time, a day ahead and a first step of at most 15 minutes, whatever the time and the mood', () => {
    fc.assert(fc.property(fc.constantFrom(...ALL), fc.option(fc.integer({ min: 1, max: 240 }), { nil: undefined }), fc.constantFrom(...MOODS, undefined), ({ message }, availableTime, currentMood) => {
      const context = { ...(availableTime === undefined ? {} : { availableTime }), ...(currentMood === undefined ? {} : { currentMood }) };
      expect(faultsOfGoals(plan(message, context))).toEqual([]);
    }), { numRuns: 600 });
  });
});

describe('the minutes of a day and the mood', () => {
  it('bound every plan: no day is fuller than the time there is', () => {
    fc.assert(fc.property(fc.constantFrom(...ALL), fc.integer({ min: 1, max: 240 }), fc.constantFrom(...MOODS), ({ message }, availableTime, currentMood) => {
      expect(fullestDay(plan(message, { availableTime, currentMood }))).toBeLessThanOrEqual(availableTime);
    }), { numRuns: 600 });
  });

  it('make the smallest step no larger when the mood is low, and smaller in most plans of habits', () => {
    const smallest = ({ tasks }: Plan): number => Math.min(...tasks.map(({ durationMinutes }) => durationMinutes));
    const pairs = ALL.map(({ message }) => ({ usual: plan(message), low: plan(message, { currentMood: 'exhausted' }) })).filter(({ usual, low }) => usual.tasks.length > 0 && low.tasks.length > 0);
    expect(pairs.filter(({ usual, low }) => smallest(low) > smallest(usual)).map(({ usual }) => usual.tasks[0]?.title)).toEqual([]);
    expect(pairs.filter(({ usual, low }) => smallest(usual) > 10 && smallest(low) < smallest(usual)).length).toBeGreaterThan(40);
  });
});

describe('a sentence that may mean several things', () => {
  const answerTo = (message: string): Plan =>
    planFromMessage({ message, history: [], context: {}, zone: AGENDA_NOW.zone, nowMs: NOW, memories: [], agenda: AGENDA });

  it.each(AMBIGUOUS)('“%s” is asked back once or taken as what is likely, and that is said: %s', (message, way) => {
    const { reply, assumptions, tasks, goals, changes } = answerTo(message);
    expect((reply.match(/\?/g) ?? []).length).toBe(way === 'asks' ? 1 : 0);
    if (way === 'asks') expect([tasks, goals, changes]).toEqual([[], [], []]);
    else {
      expect(tasks.length + changes.length).toBeGreaterThan(0);
      expect(assumptions.length).toBeGreaterThan(0);
      for (const assumption of assumptions) expect(reply).toContain(assumption);
    }
  });

  it('never asks twice: the answer to a question back is taken, or everything is left as it is', () => {
    const asked = answerTo('cancel the exercise');
    const history = [{ role: 'user', text: 'cancel the exercise' }, { role: 'assistant', text: asked.reply }] as const;
    const after = (message: string): Plan => planFromMessage({ message, history, context: {}, zone: AGENDA_NOW.zone, nowMs: NOW, memories: [], agenda: AGENDA });
    expect(asked.reply).toMatch(/\?$/);
    expect(after('the second one').changes).toHaveLength(1);
    for (const unclear of ['hm', 'the green one', 'no idea']) {
      expect(after(unclear).changes).toEqual([]);
      expect(after(unclear).reply).not.toContain('?');
    }
  });
});

describe('an agenda beside a new wish', () => {
  it('takes none of them for a change of what exists', () => {
    const wrong = ALL.filter(({ message }) => {
      const { tasks, changes } = planFromMessage({ message, context: {}, zone: AGENDA_NOW.zone, nowMs: NOW, memories: [], agenda: AGENDA });
      return tasks.length === 0 || changes.length > 0;
    });
    expect(wrong.map(({ message }) => message)).toEqual([]);
  });
});

describe('a question about what was said a moment ago', () => {
  const after = (...messages: string[]): string => {
    const history = messages.slice(0, -1).map((text) => ({ role: 'user', text }) as const);
    return planFromMessage({ message: messages.at(-1) ?? '', history, context: {}, zone: 'Europe/Paris', nowMs: NOW, memories: [] }).reply;
  };

  it('is answered from the conversation where memory has not got it yet, by the latest of it', () => {
    expect(after('I live in Lyon', 'I live in Paris', 'where do I live?')).toContain('“I live in Paris.”');
  });

  it('is not answered so when it was to be forgotten, or was never told', () => {
    expect(after('I live in Paris', 'forget that I live in Paris', 'where do I live?')).toBe('I remember nothing about that. If you tell me, I will.');
    expect(after('I like tea', 'where do I live?')).toBe('I remember nothing about that. If you tell me, I will.');
  });
});

describe('an agenda with nothing in the time that is asked for', () => {
  it('tells what comes next', () => {
    const run = { id: 'r', title: 'Run', areas: ['health'], time: '07:00', minutes: 30, due: ['2026-03-09'], done: [] } as const;
    const { reply, cites } = planFromMessage({ message: 'what is on my plate this week?', context: {}, zone: 'Europe/Paris', nowMs: NOW, memories: [], agenda: { tasks: [run], goals: [] } });
    expect(reply).toBe('This week nothing is planned.\nNext: Run: Monday 9 March at 07:00, 30 minutes.');
    expect(cites).toEqual([{ kind: 'task', id: 'r' }]);
  });
});
