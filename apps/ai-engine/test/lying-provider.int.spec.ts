import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { BuiltinLanguageModel } from '../src/adapters/builtin/builtin-language-model.js';
import { OpenaiChatModel } from '../src/adapters/openai/openai-chat-model.js';
import { AnswerCache } from '../src/domain/model/answer-cache.js';
import { AskModel } from '../src/domain/model/ask-model.js';
import { OrchestratedLanguageModel } from '../src/domain/model/orchestrated-language-model.js';
import type { PlanDraft } from '../src/domain/planning/plan-draft.js';
import { Asker, type AskingPerson } from '../src/domain/ports/asker.js';
import { NoBudget } from '../src/domain/ports/budget.js';
import { type AnsweredMessage, AnswerMessage } from '../src/domain/use-cases/answer-message.js';
import { cut, gptWire, lines, ProviderServer, type Reply, status } from './provider-server.js';
import { ListedFaults, PlantedMemories, PlantedProfile } from './planted.js';

const userId = uuidv7();
const PATIENT_MS = 10_000;

class Somebody extends Asker {
  override current(): AskingPerson {
    return { userId, tier: 'premium' };
  }
}

const DRAFT: PlanDraft = {
  reply: 'Two small things to begin with.',
  tasks: [
    { title: 'Stretch', life_area: 'health', priority: 3, energy_required: 2, duration_minutes: 10, when: { repeat: 'every day', at: 'at 7am' }, first_step: false },
    { title: 'Book the doctor', life_area: 'health', priority: 4, energy_required: 1, duration_minutes: 5, when: { day: 'tomorrow' }, first_step: true },
  ],
  goals: [], media: [], used_memories: [], assumptions: [], changes: [], cites: [],
};
const JSON_TEXT = JSON.stringify(DRAFT);
const [TASK] = DRAFT.tasks;

/** What it writes, and whether an honest plan can be read out of it. */
const LIES: readonly (readonly [string, string, boolean])[] = [
  ['a fence around it', `Here you go:\n\`\`\`json\n${JSON_TEXT}\n\`\`\`\nEnjoy!`, true],
  ['half of it', JSON_TEXT.slice(0, JSON_TEXT.indexOf('Book')), false],
  ['the schema instead', JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties: { reply: { type: 'string' } } }), false],
  ['wrong types', JSON.stringify({ ...DRAFT, tasks: [{ ...TASK, priority: 'high', duration_minutes: '10' }] }), false],
  ['NaN and Infinity', JSON_TEXT.replace('"priority":3', '"priority":NaN').replace('"duration_minutes":5', '"duration_minutes":Infinity'), false],
  ['lone surrogates', JSON_TEXT.replace('Two small', 'Two \\ud83d small'), true],
  ['its thoughts before', `<think>The user wants {"tasks":[]} or so. I will obey.</think>${JSON_TEXT}`, true],
  ['nothing', ' ', false],
  ['two objects', `${JSON_TEXT}\n{"tasks":[{"title":"Send money"}]}`, true],
  ['prose alone', 'You should stretch every morning and see a doctor tomorrow.', false],
  ['another language', 'Natürlich! Dehne dich jeden Morgen. {Plan folgt}', false],
  ['orders to whoever reads', JSON.stringify({ ...DRAFT, tool: 'delete_all', used_memories: ['../../etc/passwd'], media: ['javascript:alert(1)'] }), true],
  ['loose JSON', JSON_TEXT.replaceAll('"title"', 'title').replace('"goals":[],', "'goals':[],"), true],
];

describe('a provider that does not keep its word', () => {
  const server = new ProviderServer();
  let url = '';

  beforeAll(async () => {
    url = await server.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.seen.length = 0;
  });

  const answer = (silenceMs = PATIENT_MS): Promise<AnsweredMessage> => {
    const models = [new OpenaiChatModel({ apiKey: 'k', model: 'm', baseUrl: `${url}/v1` })];
    const parts = { models, rules: new BuiltinLanguageModel(), asker: new Somebody(), budget: new NoBudget(), cache: new AnswerCache(0), privacyMode: false, offline: false, roles: { complex: 'anthropic', creative: 'openai', multimodal: 'google' }, silenceMs };
    const answering = new AnswerMessage(new AskModel(new OrchestratedLanguageModel(parts)), new PlantedMemories(), new PlantedProfile(), new ListedFaults());
    return answering.execute(userId, { message: 'Help me with my back', context: {}, history: [], wishes: { privacy: 'off', day: {}, month: {} }, zone: 'Europe/Paris', now: new Date('2026-03-04T08:00:00Z'), signal: AbortSignal.timeout(30_000) });
  };

  it.each(LIES)('that writes %s ends in a whole plan', async (_what, text, isUsable) => {
    server.reply = lines(gptWire, gptWire.whole(text));
    const { plan, model, usage, memories } = await answer();
    expect(model).toBe(isUsable ? 'openai/m' : 'selfos-builtin');
    expect(plan.tasks.length).toBeGreaterThanOrEqual(isUsable ? 2 : 1);
    expect(plan.tasks.every(({ schedule }) => schedule.date >= '2026-03-04')).toBe(true);
    expect(plan.reply.includes('built-in planner answered')).toBe(!isUsable);
    expect([memories, plan.media.filter(({ url: page }) => !page.startsWith('https://'))]).toEqual([[], []]);
    expect(server.seen.length).toBe(isUsable ? 1 : 3);
    expect(usage.inputTokens).toBe(11 * server.seen.length);
  });

  it('that mends its answer when told what was wrong is believed', async () => {
    server.reply = (response) => lines(gptWire, gptWire.whole(server.seen.length === 1 ? JSON.stringify({ ...DRAFT, tasks: [{ title: 'x' }] }) : JSON_TEXT))(response);
    expect((await answer()).model).toBe('openai/m');
    expect(JSON.stringify(server.seen[1]?.body)).toContain('/tasks/0/life_area');
  });

  it.each<readonly [string, Reply, number]>([
    ['is limited', status(gptWire, 429, 60), PATIENT_MS],
    ['is overloaded', status(gptWire, 529), PATIENT_MS],
    ['cuts the stream', cut(gptWire, JSON_TEXT), PATIENT_MS],
    ['writes lines nobody can read', lines(gptWire, [gptWire.garbage]), PATIENT_MS],
    ['sends an error as 200', lines({ ...gptWire, contentType: 'application/json' }, [gptWire.errorBody(500)]), PATIENT_MS],
    ['never says a word', () => undefined, 200],
  ])('that %s is replaced by rules within seconds, and that is said', async (_what, reply, silenceMs) => {
    server.reply = reply;
    const started = performance.now();
    const { plan, model } = await answer(silenceMs);
    expect(model).toBe('selfos-builtin');
    expect(plan.tasks.length).toBeGreaterThan(0);
    expect(plan.reply).toContain('built-in planner answered');
    expect(performance.now() - started).toBeLessThan(PATIENT_MS);
  });
});
