import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { Clock } from '@selfos/kernel';
import { Logger, Metrics, Tracer } from '@selfos/observability';
import { DatabaseContext, Transaction } from '@selfos/persistence';
import { BuiltinLanguageModel } from './adapters/builtin/builtin-language-model.js';
import { ChargedChatModel } from './adapters/charged/charged-chat-model.js';
import { ChargedTranscriber } from './adapters/charged/charged-transcriber.js';
import { ContextAsker } from './adapters/context/context-asker.js';
import { FfmpegSoundReader } from './adapters/ffmpeg/ffmpeg-sound-reader.js';
import { LedgerBudget } from './adapters/ledger/ledger-budget.js';
import { LedgerCharges } from './adapters/ledger/ledger-charges.js';
import { MeteredLanguageModel } from './adapters/metrics/metered-language-model.js';
import { SharpPictureReader } from './adapters/sharp/sharp-picture-reader.js';
import type { AiEngineConfig } from './ai-engine.config.js';
import { configuredModels, configuredTranscribers } from './configured-models.js';
import { AnswerCache } from './domain/model/answer-cache.js';
import type { ChatModel } from './domain/model/chat-model.js';
import { complaintsAbout } from './domain/model/check-models.js';
import { BUILTIN_MODEL, LanguageModel } from './domain/model/language-model.js';
import { OrchestratedLanguageModel } from './domain/model/orchestrated-language-model.js';
import { WishesOf } from './domain/model/wishes-of.js';
import { Budget } from './domain/ports/budget.js';
import { CallLedger } from './domain/ports/call-ledger.js';
import { Charges } from './domain/ports/charges.js';
import { KnownWishes } from './domain/ports/known-wishes.js';
import { PictureReader } from './domain/ports/picture-reader.js';
import { SoundReader } from './domain/ports/sound-reader.js';
import { DescribePicture } from './domain/use-cases/describe-picture.js';
import { Transcribe } from './domain/use-cases/transcribe.js';
import { EngineChoice } from './domain/voice/engine-choice.js';
import { TypeormCallLedger } from './repositories/typeorm/typeorm-call-ledger.js';
import { TypeormKnownWishes } from './repositories/typeorm/typeorm-known-wishes.js';

const COMPLAINTS = {
  'not-listed': 'a configured model is not among those that its maker lists',
  'going-away': 'the maker of a configured model takes it away soon',
  'not-pulled': 'a configured model is not on that Ollama yet: ollama pull brings it',
  'not-installed': 'llama.cpp is not installed: LLAMA_RUNTIME in .env.example says how to get it',
  'no-model-file': 'LLAMA_MODEL names no GGUF file',
} as const;

/** The models that are configured. It says at the start what is wrong with them, in the background; what they hold is given back at the end. */
@Injectable()
class ChatModels implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    readonly all: readonly ChatModel[],
    private readonly logger: Logger,
    private readonly mayLeave: boolean,
  ) {}

  onApplicationBootstrap(): void {
    const first = this.all[0]?.name ?? BUILTIN_MODEL;
    this.logger.info('adapter chosen', { port: 'LanguageModel', adapter: first, because: first === BUILTIN_MODEL ? 'no-other-is-configured' : 'its-key-or-address-is-set' });
    void complaintsAbout(this.all, this.mayLeave).then((complaints) => {
      for (const { model, fault, hint } of complaints) this.logger.warn(COMPLAINTS[fault], { model, fault, hint });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.all.map((model) => model.end()));
  }
}

const STORES: readonly Provider[] = [
  BuiltinLanguageModel,
  WishesOf,
  { provide: CallLedger, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormCallLedger(database) },
  { provide: KnownWishes, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormKnownWishes(database) },
  {
    provide: Charges, inject: [Transaction, CallLedger, Budget, Clock],
    useFactory: (transaction: Transaction, ledger: CallLedger, budget: Budget, clock: Clock) => new LedgerCharges({ transaction, ledger, budget, clock }),
  },
];

/** What thinks, listens and looks: the configured models with the rules behind them, and what each of their calls is held to. */
export function modelParts(config: AiEngineConfig): Provider[] {
  const { models: { privacyMode, offline }, budget: limits } = config;
  const terms = { day: { tokens: limits.dayTokens, money: limits.dayMoney }, month: { tokens: limits.monthTokens, money: limits.monthMoney }, prices: limits.prices };
  const asker = new ContextAsker();
  return [
    ...STORES,
    {
      provide: Budget, inject: [Transaction, CallLedger, Clock],
      useFactory: (transaction: Transaction, ledger: CallLedger, clock: Clock) => new LedgerBudget({ transaction, ledger, clock }, terms),
    },
    {
      provide: ChatModels, inject: [Charges, Metrics, Logger],
      useFactory: (charges: Charges, metrics: Metrics, logger: Logger) => new ChatModels(configuredModels(config).map((model) => new ChargedChatModel(model, { asker, charges, metrics })), logger, !privacyMode && !offline),
    },
    {
      provide: LanguageModel, inject: [BuiltinLanguageModel, ChatModels, Budget, Metrics, Tracer],
      useFactory: (rules: BuiltinLanguageModel, { all: models }: ChatModels, budget: Budget, metrics: Metrics, tracer: Tracer) => {
        const { models: { firstWordSeconds, roles }, runtime } = config;
        const cache = new AnswerCache(runtime.cacheTtlSeconds * 1000);
        return new MeteredLanguageModel(new OrchestratedLanguageModel({ models, rules, asker, budget, cache, roles, privacyMode, offline, silenceMs: firstWordSeconds * 1000 }), metrics, tracer);
      },
    },
    ...sensesOf(config, asker),
  ];
}

/** Ears and eyes. */
function sensesOf(config: AiEngineConfig, asker: ContextAsker): Provider[] {
  const { privacyMode, offline, ffmpeg } = config.models;
  return [
    { provide: SoundReader, useValue: new FfmpegSoundReader(ffmpeg) },
    { provide: PictureReader, useClass: SharpPictureReader },
    {
      provide: EngineChoice, inject: [Charges, Metrics, Budget, WishesOf],
      useFactory: (charges: Charges, metrics: Metrics, budget: Budget, wishes: WishesOf) => {
        const engines = configuredTranscribers(config).map((engine) => new ChargedTranscriber(engine, { asker, charges, metrics }));
        return new EngineChoice({ engines, asker, budget, wishesOf: (userId) => wishes.of(userId), privacyMode, offline });
      },
    },
    Transcribe,
    DescribePicture,
  ];
}
