import { describe, expect, it } from '@jest/globals';
import { LIFE_AREAS } from '@selfos/kernel';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { PlanRequest } from '../plan.js';
import type { PlanDraft } from '../plan-draft.js';
import { planFromMessage } from '../plan-from-message.js';
import { settleModels } from '../settle-plan.js';
import type { Agenda, AgendaTask } from './agenda.js';
import { agendaAnswerIn } from './agenda-reply.js';

const TODAY = Temporal.PlainDate.from('2026-03-04');
const NOW = Temporal.ZonedDateTime.from('2026-03-04T09:00[Europe/Paris]').epochMilliseconds;
const on = (days: number): string => TODAY.add({ days }).toString();

const NAMES = ['Walk in the park', 'Call Ann', 'Water the plants', 'Write the report', 'Pay the rent', 'Practise the flute', 'Clean the kitchen', 'Study chess', '5 pages of Proust', 'Meet 2 friends at 7'];
const task = fc.record({
  minutes: fc.integer({ min: 1, max: 240 }),
  hour: fc.integer({ min: 0, max: 23 }),
  due: fc.uniqueArray(fc.integer({ min: 0, max: 13 }), { maxLength: 14 }),
  done: fc.uniqueArray(fc.integer({ min: -6, max: 0 }), { maxLength: 7 }),
  area: fc.constantFrom(...LIFE_AREAS),
});
const agenda: fc.Arbitrary<Agenda> = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: NAMES.length }).chain((titles) =>
  fc.record({
    tasks: fc.tuple(...titles.map(() => task)).map((all) =>
      all.map(({ minutes, hour, due, done, area }, index): AgendaTask => ({
        id: `t${index}`, title: titles[index] ?? '', areas: [area], minutes, time: `${String(hour).padStart(2, '0')}:30`, rrule: 'FREQ=DAILY',
        due: due.toSorted((a, b) => a - b).map(on), done: done.toSorted((a, b) => a - b).map(on),
      })),
    ),
    goals: fc.integer({ min: 0, max: 100 }).map((percent) => [{ id: 'g1', title: 'Play a whole piece', targetDate: '2026-09-01', progress: percent / 100 }]),
    moreTasks: fc.constantFrom(0, 0, 3),
  }),
);

const requestFor = (message: string, of: Agenda): PlanRequest => ({ message, context: {}, zone: 'Europe/Paris', nowMs: NOW, memories: [], agenda: of });
const between = (dates: readonly string[], from: string, to: string): string[] => dates.filter((date) => date >= from && date <= to);

const COMING = [['What do I have tomorrow?', on(1), on(1)], ['What is on my plate today?', on(0), on(0)], ['What is on my plate this week?', on(0), on(4)], ['What is due next week?', on(5), on(11)], ['Do I have anything on Saturday?', on(3), on(3)]] as const;
const PAST = [['What did I do today?', on(0), on(0)], ['What did I do yesterday?', on(-1), on(-1)], ['What have I done this week?', on(-2), on(0)], ['What did I finish in the last 7 days?', on(-6), on(0)]] as const;

describe('an answer from any agenda', () => {
  it('counts what is ahead as the data has it, and cites exactly those records', () => {
    fc.assert(fc.property(agenda, fc.constantFrom(...COMING), (of, [message, from, to]) => {
      const plan = planFromMessage(requestFor(message, of));
      const due = of.tasks.map((one) => ({ one, dates: between(one.due, from, to) })).filter(({ dates }) => dates.length > 0);
      const things = due.reduce((sum, { dates }) => sum + dates.length, 0);
      const minutes = due.reduce((sum, { one, dates }) => sum + dates.length * one.minutes, 0);
      const cited = plan.cites.map(({ id }) => id).sort();
      if (things > 0) expect(cited).toEqual(due.map(({ one }) => one.id).sort());
      else expect([/nothing is planned/.test(plan.reply), cited.every((id) => (of.tasks.find((one) => one.id === id)?.due[0] ?? '') > to)]).toEqual([true, true]);
      if (things > 0) expect([/(\d+) things?\b/.exec(plan.reply)?.[1], /(\d+) minutes? in all/.exec(plan.reply)?.[1]]).toEqual([String(things), String(minutes)]);
      for (const { one, dates } of due) expect(plan.reply).toContain(dates.length > 3 ? `${one.title}: ${dates.length} times` : one.title);
    }));
  });

  it('counts what was done as the data has it', () => {
    fc.assert(fc.property(agenda, fc.constantFrom(...PAST), (of, [message, from, to]) => {
      const plan = planFromMessage(requestFor(message, of));
      const sum = of.tasks.reduce((all, one) => all + between(one.done, from, to).length, 0);
      expect(sum === 0 ? /nothing is ticked off/.test(plan.reply) : plan.reply.includes(`${sum} thing`)).toBe(true);
      expect(plan.cites).toHaveLength(of.tasks.filter((one) => between(one.done, from, to).length > 0).length);
    }));
  });

  it('takes nothing that was asked for one thing from another', () => {
    fc.assert(fc.property(agenda, fc.constantFrom(...NAMES.slice(0, 8)), (of, title) => {
      const plan = planFromMessage(requestFor(`How many times did I ${title.toLowerCase()} this week?`, of));
      const asked = of.tasks.find((one) => one.title === title);
      const sum = asked === undefined ? 0 : between(asked.done, on(-2), on(0)).length;
      if (asked === undefined) expect(plan.cites).toEqual([]);
      else expect(plan.reply).toMatch(sum === 0 ? /not ticked off/ : sum === 1 ? /: once/ : sum === 2 ? /: twice/ : new RegExp(`: ${sum} times`));
    }));
  });
});

const EMPTY: PlanDraft = { reply: 'x', tasks: [], goals: [], media: [], used_memories: [], assumptions: [], changes: [], cites: [] };
const REPLACED: readonly ((text: string, at: number) => string)[] = [
  (text, at) => text.replace(/\d+/g, (number, index: number) => (index % 7 === at % 7 ? String(Number(number) + 1 + at) : number)),
  (text) => text.replace(/(\d+) minutes? in all/, (_whole, minutes: string) => `${Number(minutes) + 5} minutes in all`),
  (text) => text.replace(/\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b/, (name) => (name === 'Monday' ? 'Tuesday' : 'Monday')),
  (text) => text.replace(/\bat \d\d:\d\d/, 'at noon'),
  (text) => `${text}\nYou also have 3 meetings.`,
  (text) => `${text}\nThe first one takes half an hour.`,
  (text) => `${text}\nThat is a light week with nothing on Friday.`,
  (text) => text.split('\n').slice(0, -1).join('\n'),
  (text) => text.split('\n').map((line, index, all) => (index === 0 ? line : line.replace(/: .*$/, (/: .*$/.exec(all[index === 1 ? all.length - 1 : index - 1] ?? '') ?? [line])[0]))).join('\n'),
];

describe('a model that words an answer from the agenda', () => {
  it('loses the word when any number, day, time or quantity of it is not in the facts: no wrong one is ever shown', () => {
    let refused = 0;
    fc.assert(fc.property(agenda, fc.constantFrom(...COMING, ...PAST), fc.tuple(fc.constantFrom(...REPLACED), fc.nat(6)), (of, [message], [lie, at]) => {
      const request = requestFor(message, of);
      const truth = planFromMessage(request).reply;
      const told = lie(truth, at);
      fc.pre(told !== truth && told !== '');
      const { plan, needsConfirmation } = settleModels({ ...EMPTY, reply: told }, request);
      expect([plan.reply, needsConfirmation]).toEqual([truth, false]);
      refused += 1;
    }), { numRuns: 400 });
    expect(refused).toBeGreaterThan(100);
  });

  it('may say the facts in its own order and around them what claims nothing', () => {
    let kept = 0;
    fc.assert(fc.property(agenda, (of) => {
      const request = requestFor('What is on my plate this week?', of);
      const facts = agendaAnswerIn(request)?.facts ?? [];
      const wording = ['Here is what I see for you.', ...facts.slice(1).toReversed().map(({ text }) => text.replace('• ', '- ')), facts[0]?.text ?? ''].join('\n');
      const { plan } = settleModels({ ...EMPTY, reply: wording }, request);
      if (plan.reply === wording) kept += 1;
    }));
    expect(kept).toBeGreaterThan(50);
  });

  it('changes nothing by a question, and cites what code cited', () => {
    fc.assert(fc.property(agenda, (of) => {
      const request = requestFor('What do I have tomorrow?', of);
      const { plan } = settleModels({ ...EMPTY, changes: of.tasks.map(({ id }) => ({ op: 'cancel_task' as const, id })), cites: ['t0', 'made-up'] }, request);
      expect(plan.changes).toEqual([]);
      expect(plan.cites).toEqual(planFromMessage(request).cites);
    }));
  });
});
