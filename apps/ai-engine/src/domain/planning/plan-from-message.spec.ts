import { describe, expect, it } from '@jest/globals';
import { LIFE_AREAS } from '@selfos/kernel';
import { Temporal } from 'temporal-polyfill';
import type { Plan } from './plan.js';
import { planFromMessage } from './plan-from-message.js';
import { MORE_PROMPTS } from './more-prompts.fixture.js';
import { PROMPTS, type Expectation, type Prompt } from './prompts.fixture.js';
import { WISHES } from './wish-prompts.fixture.js';

const ALL = [...PROMPTS, ...MORE_PROMPTS, ...WISHES];

function planFor(prompt: Prompt): Plan {
  const zone = prompt.zone ?? 'Europe/Paris';
  const local = Temporal.PlainDateTime.from(prompt.at ?? '2026-03-04T09:00');
  return planFromMessage({
    message: prompt.message,
    context: prompt.context ?? {},
    zone,
    nowMs: local.toZonedDateTime(zone).epochMilliseconds,
    memories: [],
  });
}

const within = (value: string | number, bounds: readonly [string | number, string | number] | undefined): boolean =>
  bounds === undefined || (value >= bounds[0] && value <= bounds[1]);

function rruleFits(rrule: string | undefined, expected: Expectation['rrule']): boolean {
  if (expected === undefined) return true;
  if (expected === null) return rrule === undefined;
  return typeof expected === 'string' ? rrule === expected : expected.test(rrule ?? '');
}

function shapeChecks(plan: Plan, wanted: Expectation): [boolean, string][] {
  const target = plan.goals[0]?.targetDate;
  return [
    [wanted.goal === undefined || (target !== undefined && within(target, wanted.goal)), `goal ${target ?? 'none'}`],
    [plan.reply.length > 0 && plan.reply.length < 1500, 'reply'],
  ];
}

/** Everything that is not as expected, in words; empty when the plan is sensible. */
function faults(prompt: Prompt, plan: Plan): string[] {
  const { expect: wanted } = prompt;
  const task = plan.tasks[0];
  if (task === undefined) return ['no task'];
  const { schedule } = task;
  const checks: [boolean, string][] = [
    ...shapeChecks(plan, wanted),
    [wanted.area.includes(task.lifeAreas[0] ?? 'health'), `area ${task.lifeAreas.join()}`],
    [rruleFits(schedule.rrule, wanted.rrule), `rrule ${schedule.rrule ?? 'none'}`],
    [/^([01]\d|2[0-3]):[0-5]\d$/.test(schedule.time) && within(schedule.time, wanted.time), `time ${schedule.time}`],
    [task.durationMinutes >= 1 && within(task.durationMinutes, wanted.minutes), `minutes ${task.durationMinutes}`],
    [within(schedule.date, wanted.date), `date ${schedule.date}`],
    [wanted.due === undefined || (schedule.due !== undefined && within(schedule.due, wanted.due)), `due ${schedule.due ?? 'none'}`],
    [wanted.title?.test(task.title) ?? true, `title ${task.title}`],
  ];
  return checks.filter(([fits]) => !fits).map(([, fault]) => fault);
}

describe('the built-in planner on sentences as people say them', () => {
  it('has at least 230 prompts and at least 20 for each of the seven areas', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(230);
    for (const area of LIFE_AREAS) {
      expect(ALL.filter((prompt) => prompt.expect.area[0] === area).length).toBeGreaterThanOrEqual(20);
    }
  });

  it('plans at least 90 % of them sensibly', () => {
    const misses = ALL.flatMap((prompt) => {
      const wrong = faults(prompt, planFor(prompt));
      return wrong.length === 0 ? [] : [`${prompt.message}: ${wrong.join('; ')}`];
    });
    const share = 1 - misses.length / ALL.length;
    if (misses.length > 0) process.stdout.write(`${misses.length} of ${ALL.length} missed\n${misses.join('\n')}\n`);
    expect(share).toBeGreaterThanOrEqual(0.9);
  });
});
