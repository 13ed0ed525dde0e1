import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Inner, type Plain, routes } from '@selfos/contracts';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import { AiEngineBed } from './ai-engine-bed.js';
import { claudeWire, lines, ProviderServer } from './provider-server.js';

type Answered = Plain<typeof routes.answerMessage.response>;

const DRAFT = {
  reply: 'One thing.', goals: [], media: [], used_memories: [], assumptions: [],
  tasks: [{ title: 'Stretch', life_area: 'health', priority: 3, energy_required: 2, duration_minutes: 10, when: { repeat: 'every day' }, first_step: false }],
};

requireRealPart('postgres')('ai-engine with a key', () => {
  const server = new ProviderServer();
  let bed: AiEngineBed;
  beforeAll(async () => {
    server.reply = lines(claudeWire, claudeWire.whole(JSON.stringify(DRAFT)));
    bed = await AiEngineBed.start({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: await server.start(), AI_DAY_TOKENS: '40' });
  });
  afterAll(async () => {
    await bed.stop();
    await server.stop();
  });

  async function ask(userId: Uuid, message: string): Promise<Answered> {
    const asked = {
      message_id: uuidv7(), conversation_id: uuidv7(), reply_id: uuidv7(), message, timezone: 'Europe/Paris', now: bed.clock.now().toISOString(), history: [],
      settings: { privacy_mode: 'off' as const, model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null } }, agenda: { tasks: [], more_tasks: 0, goals: [], more_goals: 0 },
    };
    const body = await bed.sealer.seal(routes.answerMessage.body, userId, asked);
    const answer = await bed.actingFor(userId, () => bed.client('backend').call(routes.answerMessage, { body }));
    return bed.sealer.open(routes.answerMessage.response, userId, answer as Inner<typeof routes.answerMessage.response>);
  }

  it('asks that model, warns before the cap of the day is reached, and keeps it', async () => {
    const ada = uuidv7();
    const claude = 'anthropic/claude-opus-5-5';
    const first = await ask(ada, 'Help me with my back');
    expect([first.model, first.usage, first.ai_response.includes('budget')]).toEqual([claude, { input_tokens: 11, output_tokens: 7 }, false]);
    expect((await ask(ada, 'Help me sleep')).model).toBe(claude);
    const warned = await ask(ada, 'Help me read more');
    expect([warned.model, warned.ai_response.includes('Four fifths')]).toEqual([claude, true]);
    const capped = await ask(ada, 'Help me call my mother');
    expect([capped.model, capped.ai_response.includes('used up'), capped.changes.length > 0, server.seen.length]).toEqual(['selfos-builtin', true, true, 3]);
    expect((await ask(ada, 'Help me sleep')).model).toBe('cached');
    expect((await ask(uuidv7(), 'Help me with my back')).model).toBe(claude);
  });
});
