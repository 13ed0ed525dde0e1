import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import type { Plan } from '../plan.js';
import { planFromMessage } from '../plan-from-message.js';
import { AGENDA, AGENDA_NOW, AGENDA_PROMPTS, type AgendaPrompt } from './agenda-prompts.fixture.js';

function planFor({ message, history = [] }: AgendaPrompt): Plan {
  const nowMs = Temporal.PlainDateTime.from(AGENDA_NOW.at).toZonedDateTime(AGENDA_NOW.zone).epochMilliseconds;
  return planFromMessage({ message, history, context: {}, zone: AGENDA_NOW.zone, nowMs, memories: [], agenda: AGENDA });
}

type Shown = Record<string, unknown>;

function changesOf(plan: Plan): Shown[] {
  return [...plan.changes, ...plan.goals.map(() => ({ op: 'create_goal' })), ...plan.tasks.map(() => ({ op: 'create_task' }))] as Shown[];
}

/** Whether what came holds all that was wanted. */
function holds(wanted: unknown, came: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === came;
  return typeof came === 'object' && came !== null && Object.entries(wanted).every(([key, value]) => holds(value, (came as Shown)[key]));
}

function faults(prompt: AgendaPrompt, plan: Plan): string[] {
  const changes = changesOf(plan);
  const wanted = prompt.changes ?? [];
  const cited = plan.cites.map(({ id }) => id);
  const titles = plan.tasks.map(({ title }) => title).join();
  const checks: [boolean, string][] = [
    [changes.length === wanted.length && wanted.every((one) => changes.some((came) => holds(one, came))), `changes ${JSON.stringify(changes)}`],
    [prompt.cites === undefined || [...new Set(cited)].sort().join() === [...prompt.cites].sort().join(), `cites ${cited.join()}`],
    [prompt.says?.test(plan.reply) ?? true, `reply ${plan.reply}`],
    [!(prompt.never?.test(titles) ?? false), `titles ${titles}`],
    [(prompt.asks === true) === plan.reply.startsWith('Which one do you mean'), `reply ${plan.reply}`],
    [(plan.reply.match(/\?/g) ?? []).length <= 1, `more than one question: ${plan.reply}`],
  ];
  return checks.filter(([fits]) => !fits).map(([, fault]) => fault);
}

describe('the built-in planner on what exists already', () => {
  it('has at least 110 prompts of questions, commands and follow-ups', () => {
    expect(AGENDA_PROMPTS.length).toBeGreaterThanOrEqual(110);
  });

  it('understands at least 90 % of them', () => {
    const misses = AGENDA_PROMPTS.flatMap((prompt) => {
      const wrong = faults(prompt, planFor(prompt));
      return wrong.length === 0 ? [] : [`${prompt.message}: ${wrong.join('; ')}`];
    });
    if (misses.length > 0) process.stdout.write(`${misses.length} of ${AGENDA_PROMPTS.length} missed\n${misses.join('\n')}\n`);
    expect(1 - misses.length / AGENDA_PROMPTS.length).toBeGreaterThanOrEqual(0.9);
  });
});
