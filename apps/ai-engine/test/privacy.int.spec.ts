import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '@selfos/config';
import { uuidv7 } from '@selfos/kernel';
import dns from 'node:dns';
import net from 'node:net';
import { configSchema } from '../src/ai-engine.config.js';
import { BuiltinLanguageModel } from '../src/adapters/builtin/builtin-language-model.js';
import { configuredModels } from '../src/configured-models.js';
import { AnswerCache } from '../src/domain/model/answer-cache.js';
import { AskModel } from '../src/domain/model/ask-model.js';
import { OrchestratedLanguageModel } from '../src/domain/model/orchestrated-language-model.js';
import { PROMPTS } from '../src/domain/planning/prompts.fixture.js';
import { Asker, type AskingPerson } from '../src/domain/ports/asker.js';
import { NoBudget } from '../src/domain/ports/budget.js';
import { AnswerMessage } from '../src/domain/use-cases/answer-message.js';
import { ListedFaults, PlantedMemories, PlantedProfile } from './planted.js';

class Person extends Asker {
  constructor(private readonly tier: AskingPerson['tier']) {
    super();
  }

  override current(): AskingPerson {
    return { userId: uuidv7(), tier: this.tier };
  }
}

const CONVERSATIONS = 200;
/** Every model there is, and an Ollama that is not one's own. */
const EVERY_MODEL = { ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k', GEMINI_API_KEY: 'k', OLLAMA_HOST: 'https://ollama.example.com', LLM_PROVIDER: 'claude', SELFOS_ENV: 'local' };

describe('privacy', () => {
  let attempts: string[] = [];
  beforeEach(() => {
    attempts = [];
    const deny = (what: string) => (...args: unknown[]): never => {
      attempts.push(`${what} ${JSON.stringify(args[0])}`);
      throw Object.assign(new Error('denied'), { code: 'EACCES' });
    };
    jest.spyOn(net.Socket.prototype, 'connect').mockImplementation(deny('connect') as never);
    jest.spyOn(dns, 'lookup').mockImplementation(deny('lookup') as never);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function converse(count: number, tier: AskingPerson['tier'], privacyMode: boolean): Promise<string[]> {
    const models = configuredModels(loadConfig(configSchema, EVERY_MODEL));
    expect(models).toHaveLength(4);
    const parts = { models, rules: new BuiltinLanguageModel(), asker: new Person(tier), budget: new NoBudget(), cache: new AnswerCache(60_000), privacyMode, offline: false, roles: { complex: 'anthropic', creative: 'openai', multimodal: 'google' }, silenceMs: 500 };
    const answering = new AnswerMessage(new AskModel(new OrchestratedLanguageModel(parts)), new PlantedMemories(), new PlantedProfile(), new ListedFaults());
    const answered: string[] = [];
    for (let turn = 0; turn < count; turn += 1) {
      const message = PROMPTS[turn % PROMPTS.length]?.message ?? '';
      const { model } = await answering.execute(uuidv7(), { message, context: {}, history: [], wishes: { privacy: 'off', day: {}, month: {} }, zone: 'UTC', now: new Date('2026-03-04T08:00:00Z'), signal: AbortSignal.timeout(20_000) });
      answered.push(model);
    }
    return [...new Set(answered)];
  }

  it.each([['a person who chose it', 'privacy', false], ['an installation in privacy mode, even for premium', 'premium', true]] as const)('of %s attempts nothing outbound', async (_who, tier, mode) => {
    expect(await converse(CONVERSATIONS, tier, mode)).toEqual(['selfos-builtin']);
    expect(attempts).toEqual([]);
  });

  it('is proven by a watch that sees what others attempt', async () => {
    await converse(1, 'premium', false);
    expect(attempts.length).toBeGreaterThan(0);
  });
});
