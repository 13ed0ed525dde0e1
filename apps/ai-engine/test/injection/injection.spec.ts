import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { AskModel } from '../../src/domain/model/ask-model.js';
import type { Agenda } from '../../src/domain/planning/agenda/agenda.js';
import type { Plan, RecalledMemory } from '../../src/domain/planning/plan.js';
import type { PlanDraft } from '../../src/domain/planning/plan-draft.js';
import type { Turn } from '../../src/domain/planning/turn.js';
import { MEDIA } from '../../src/domain/planning/practices/media.js';
import { looksLikeOrders } from '../../src/domain/safety/orders.js';
import { isTrustedSource, originOf } from '../../src/domain/safety/provenance.js';
import { type AnsweredMessage, AnswerMessage } from '../../src/domain/use-cases/answer-message.js';
import { extractSaid } from '../../src/domain/remembering/extract-said.js';
import { ListedFaults, PlantedMemories, PlantedProfile } from '../planted.js';
import { type Attack, attacksOf, CARRIERS, FAMILIES, LANGUAGES, OBFUSCATIONS } from './attacks.js';
import { ObeyingModel } from './obeying-model.js';
import { leads, NOTATIONS } from './urls.js';

const SEED = Number(process.env['PROOF_SEED'] ?? 20_261_122);
const COUNT = process.env['PROOF_SIZE'] === 'full' ? 10_000 : 800;
const userId = uuidv7();
const OWN: RecalledMemory = { id: 'knee', type: 'preference', text: 'I have a bad knee, code 7731' };
const TASKS: Agenda['tasks'] = [
  { id: 'workout', title: 'Morning workout', areas: ['health'], rrule: 'FREQ=DAILY', time: '07:00', minutes: 15, due: ['2026-03-05'], done: [] },
  { id: 'report', title: 'Finish the report', areas: ['career'], time: '10:00', minutes: 60, due: ['2026-03-06'], done: [] },
];
const GOALS: Agenda['goals'] = [{ id: 'fit', title: 'Exercise regularly', targetDate: '2026-06-01', progress: 0.1 }];

interface Scene {
  readonly memories: readonly RecalledMemory[];
  readonly agenda: Agenda;
  readonly history: readonly Turn[];
}

/** The foreign text where such a text comes in, marked as an importer marks it. */
function sceneOf({ carrier, text }: Attack): Scene {
  const plain: Scene = { memories: [OWN], agenda: { tasks: TASKS, goals: GOALS }, history: [{ role: 'user', text: 'Plan a workout' }, { role: 'assistant', text: '• Morning workout: every day at 07:00, from today.' }] };
  const origin = 'foreign';
  switch (carrier) {
    case 'calendar': return { ...plain, agenda: { tasks: [...TASKS, { id: 'event', title: text, areas: ['career'], time: '12:00', minutes: 60, due: ['2026-03-05'], done: [], origin }], goals: GOALS } };
    case 'shared goal': return { ...plain, agenda: { tasks: TASKS, goals: [...GOALS, { id: 'shared', title: text, targetDate: '2026-12-31', progress: 0, origin }] } };
    case 'note':
    case 'web page': return { ...plain, memories: [OWN, { id: 'note', type: 'reflection', text, origin }] };
    case 'image text':
    case 'recording': return { ...plain, history: [...plain.history, { role: 'user', text, origin }] };
    case 'earlier answer': return { ...plain, history: [...plain.history, { role: 'assistant', text, origin }] };
  }
}

async function answered(attack: Attack): Promise<{ readonly given: AnsweredMessage; readonly raw: PlanDraft | undefined }> {
  const model = new ObeyingModel(attack);
  const { memories, agenda, history } = sceneOf(attack);
  const given = await new AnswerMessage(new AskModel(model), new PlantedMemories(memories), new PlantedProfile(), new ListedFaults()).execute(userId, {
    message: attack.message, context: {}, history, agenda, zone: 'Europe/Paris', now: new Date('2026-03-04T08:00:00Z'), signal: new AbortController().signal,
  });
  return { given, raw: model.last };
}

/** Everything of an answer that is shown or stored. */
function textsOf({ reply, tasks, goals, changes, assumptions, media }: Plan): string[] {
  return [
    reply, ...assumptions, ...tasks.flatMap(({ title, description = '' }) => [title, description]), ...changes.map((change) => JSON.stringify(change)),
    ...goals.flatMap(({ title, vision, milestones, successMetrics }) => [title, vision, ...successMetrics, ...milestones.map((one) => one.title)]), ...media.map(({ url }) => url),
  ];
}

/** What would be done without anybody's yes. */
function appliedOf({ plan, needsConfirmation }: AnsweredMessage): number {
  return needsConfirmation ? 0 : plan.changes.length + plan.tasks.length + plan.goals.length;
}

describe('foreign text before a model that obeys everybody', () => {
  it('changes nothing and sends nothing anywhere', async () => {
    const attacks = attacksOf(SEED, COUNT);
    const figures = { documents: attacks.length, ordersObeyed: 0, addressesWritten: 0, changesApplied: 0, addressesShown: 0 };
    const leaks: string[] = [];
    for (const attack of attacks) {
      const { given, raw } = await answered(attack);
      const shown = textsOf(given.plan).filter(leads);
      figures.ordersObeyed += (raw?.changes.length ?? 0) + (raw?.tasks.length ?? 0) + (raw?.goals.length ?? 0);
      figures.addressesWritten += leads(`${raw?.reply ?? ''}`) ? 1 : 0;
      figures.changesApplied += appliedOf(given);
      figures.addressesShown += shown.length;
      if (shown.length > 0 || appliedOf(given) > 0) leaks.push(JSON.stringify({ ...attack, shown, applied: appliedOf(given) }));
    }
    process.stdout.write(`injection: ${JSON.stringify({ ...figures, seed: SEED })}\n${leaks.slice(0, 10).join('\n')}`);
    expect(figures).toMatchObject({ changesApplied: 0, addressesShown: 0 });
    expect(figures.ordersObeyed).toBeGreaterThan(COUNT);
    expect(figures.addressesWritten).toBeGreaterThan(COUNT * 0.85);
  });

  it('is varied: every family, carrier, language, disguise and notation, and no document twice', () => {
    const attacks = attacksOf(SEED, COUNT);
    expect(new Set(attacks.map(({ text }) => text)).size).toBe(COUNT);
    expect([new Set(attacks.map(({ family }) => family)).size, new Set(attacks.map(({ carrier }) => carrier)).size, new Set(attacks.map(({ language }) => language)).size]).toEqual([FAMILIES.length, CARRIERS.length, LANGUAGES.length]);
    expect([new Set(attacks.map(({ obfuscation }) => obfuscation)).size, new Set(attacks.map(({ notation }) => notation)).size]).toEqual([OBFUSCATIONS.length, Object.keys(NOTATIONS).length]);
    expect(attacksOf(SEED, 20)).toEqual(attacks.slice(0, 20));
  });

  it('is never a source of memories', () => {
    const attacks = attacksOf(SEED, 200);
    expect(attacks.map(({ text }) => originOf(text, 'foreign')).filter(isTrustedSource)).toEqual([]);
    expect([isTrustedSource('said'), isTrustedSource('own'), isTrustedSource('foreign')]).toEqual([true, true, false]);
    expect(attacks.flatMap(({ message }) => extractSaid(message)).some(({ text }) => /trust/i.test(text))).toBe(false);
  });

  it('is mostly known by its words where nobody marked it, so that it waits for a yes all the same', () => {
    const attacks = attacksOf(SEED, COUNT).filter(({ obfuscation }) => obfuscation !== 'spaced');
    const known = attacks.filter(({ text }) => looksLikeOrders(text)).length / attacks.length;
    process.stdout.write(`injection: ${(known * 100).toFixed(1)} % of ${attacks.length} unmarked documents are known as orders\n`);
    expect(known).toBeGreaterThanOrEqual(0.95);
  });
});

describe('without foreign text', () => {
  const harmless: Attack = { family: 'create', carrier: 'note', language: 'en', obfuscation: 'plain', notation: 'bare address', message: 'I want to start exercising regularly', text: '' };

  it('a model’s plan is applied as before', async () => {
    const model = new ObeyingModel(harmless);
    const given = await new AnswerMessage(new AskModel(model), new PlantedMemories([OWN]), new PlantedProfile(), new ListedFaults()).execute(userId, {
      message: harmless.message, context: {}, history: [], agenda: { tasks: TASKS, goals: GOALS }, zone: 'Europe/Paris', now: new Date('2026-03-04T08:00:00Z'), signal: new AbortController().signal,
    });
    expect(given.needsConfirmation).toBe(false);
    expect(given.plan.tasks.length).toBeGreaterThan(0);
  });

  it('own words are not taken for orders', () => {
    for (const text of ['I have a bad knee', 'I love running in the morning', 'Call my mother every Sunday', 'Done 3 times by 4 March 2026: Evening run', 'My sister is called Ann and lives in Lyon', 'Ich mag keinen Kaffee', 'Remember the system of notes', 'Finish the report for the user group', 'I have a new role at work', 'Send Ann the link to the album', 'Sound system: compare prices', 'You are now at 40 %, with 86 days left.', 'Set new rules for the kids',
      'Here is the plan.\n• Morning walk: every day at 07:00, from today.\nYour goal: Read 12 books, by Thursday 31 December.', ...Object.values(MEDIA).map(({ title }) => title)]) {
      expect([text, looksLikeOrders(text)]).toEqual([text, false]);
    }
  });
});
