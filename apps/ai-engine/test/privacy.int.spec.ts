import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '@selfos/config';
import { uuidv7 } from '@selfos/kernel';
import dns from 'node:dns';
import net from 'node:net';
import { configSchema } from '../src/ai-engine.config.js';
import { BuiltinLanguageModel } from '../src/adapters/builtin/builtin-language-model.js';
import { configuredModels, configuredTranscribers } from '../src/configured-models.js';
import { AnswerCache } from '../src/domain/model/answer-cache.js';
import { FfmpegSoundReader } from '../src/adapters/ffmpeg/ffmpeg-sound-reader.js';
import { complaintsAbout } from '../src/domain/model/check-models.js';
import type { Wishes } from '../src/domain/model/language-model.js';
import { strategyOf } from '../src/domain/model/strategy.js';
import { pictureQuestion, pictureSchema } from '../src/domain/pictures/picture-question.js';
import { TellStory } from '../src/domain/use-cases/tell-story.js';
import { Transcribe } from '../src/domain/use-cases/transcribe.js';
import { EngineChoice } from '../src/domain/voice/engine-choice.js';
import { speechLike, wavOf } from '../src/domain/voice/voice.fixture.js';
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
const ROLES = { complex: 'anthropic', creative: 'openai', multimodal: 'google' };
/** Every model there is, and an Ollama that is not one's own. */
const EVERY_MODEL = { ANTHROPIC_API_KEY: 'k', OPENAI_API_KEY: 'k', GEMINI_API_KEY: 'k', OLLAMA_HOST: 'https://ollama.example.com', WHISPER_URL: 'https://speech.example.com/v1', LLM_PROVIDER: 'claude', SELFOS_ENV: 'local' };

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

  interface Way {
    readonly tier: AskingPerson['tier'];
    readonly privacyMode: boolean;
    readonly wishes: Wishes | undefined;
  }

  function partsFor({ tier, privacyMode }: Way) {
    const config = loadConfig(configSchema, EVERY_MODEL);
    const models = configuredModels(config);
    const engines = configuredTranscribers(config);
    expect([models.length, engines.length]).toEqual([4, 2]);
    return { models, engines, rules: new BuiltinLanguageModel(), asker: new Person(tier), budget: new NoBudget(), cache: new AnswerCache(60_000), privacyMode, offline: false, roles: ROLES, silenceMs: 500 };
  }

  async function converse(count: number, way: Way): Promise<string[]> {
    const answering = new AnswerMessage(new AskModel(new OrchestratedLanguageModel(partsFor(way))), new PlantedMemories(), new PlantedProfile(), new ListedFaults());
    const answered: string[] = [];
    for (let turn = 0; turn < count; turn += 1) {
      const message = PROMPTS[turn % PROMPTS.length]?.message ?? '';
      const { model } = await answering.execute(uuidv7(), { message, context: {}, history: [], wishes: way.wishes, zone: 'UTC', now: new Date('2026-03-04T08:00:00Z'), signal: AbortSignal.timeout(20_000) });
      answered.push(model);
    }
    return [...new Set(answered)];
  }

  /** A picture, a recording, the lists of models at the start, and a story. */
  async function lookListenTell(way: Way): Promise<void> {
    const parts = partsFor(way);
    const asking = new AskModel(new OrchestratedLanguageModel(parts));
    const signal = AbortSignal.timeout(20_000);
    await asking.ask({ ...pictureQuestion({ facts: { width: 1, height: 1, format: 'png', colours: [] }, seen: { mediaType: 'image/jpeg', bytes: Uint8Array.of(1) } }), signal, wishes: way.wishes }, pictureSchema);
    await new TellStory(asking, new ListedFaults()).execute(uuidv7(), { period: { start: '2026-03-02', end: '2026-03-08' }, evidence: [{ kind: 'occurrence', id: 'o', taskId: 't', title: 'Walk', lifeAreas: ['health'], date: '2026-03-02', minutes: 20 }] }, { signal, wishes: way.wishes });
    const choice = new EngineChoice({ ...parts, wishesOf: () => Promise.resolve(way.wishes) });
    await new Transcribe(new FfmpegSoundReader('ffmpeg'), choice).execute(uuidv7(), { bytes: wavOf(speechLike(2, 3)), format: 'wav' }, signal).catch(() => undefined);
    await complaintsAbout(parts.models, strategyOf({ ...parts, tier: way.tier, wishes: way.wishes }) !== 'privacy' && way.wishes?.privacy !== 'offline');
  }

  const OFF: Wishes = { privacy: 'off', day: {}, month: {} };
  it.each<readonly [string, Way]>([
    ['a person whose tier it is', { tier: 'privacy', privacyMode: false, wishes: OFF }],
    ['an installation in privacy mode, even for premium', { tier: 'premium', privacyMode: true, wishes: { ...OFF, model: 'claude-3-opus' } }],
    ['a person who set it, even with premium and a model they prefer', { tier: 'premium', privacyMode: false, wishes: { ...OFF, privacy: 'private', model: 'claude-3-opus' } }],
    ['a person who is offline', { tier: 'premium', privacyMode: false, wishes: { ...OFF, privacy: 'offline' } }],
    ['a person whose wishes nobody knows', { tier: 'premium', privacyMode: false, wishes: undefined }],
  ])('of %s attempts nothing outbound', async (_who, way) => {
    expect(await converse(CONVERSATIONS, way)).toEqual(['selfos-builtin']);
    await lookListenTell(way);
    expect(attempts).toEqual([]);
  });

  it('is proven by a watch that sees what others attempt', async () => {
    await converse(1, { tier: 'premium', privacyMode: false, wishes: OFF });
    expect(attempts.length).toBeGreaterThan(0);
    attempts = [];
    await lookListenTell({ tier: 'premium', privacyMode: false, wishes: OFF });
    expect(attempts.length).toBeGreaterThan(2);
  });
});
