import { type DynamicModule, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule } from '@selfos/event-bus';
import { InternalClient } from '@selfos/http';
import { Clock } from '@selfos/kernel';
import { Logger, Metrics, Tracer } from '@selfos/observability';
import { DatabaseContext, PersistenceModule, Transaction } from '@selfos/persistence';
import { CachedKeySource, HttpKeySource, KeySource, Sealer } from '@selfos/sealing';
import { workMigrations, workProviders, workRunner } from '@selfos/work';
import { ContextAsker } from './adapters/context/context-asker.js';
import { ChargedChatModel } from './adapters/charged/charged-chat-model.js';
import { LedgerCharges } from './adapters/ledger/ledger-charges.js';
import { LedgerBudget } from './adapters/ledger/ledger-budget.js';
import { StoredAnswerFaults } from './adapters/faults/stored-answer-faults.js';
import { BuiltinLanguageModel } from './adapters/builtin/builtin-language-model.js';
import { ClientMemories } from './adapters/memory/client-memories.js';
import { ClientProfiles } from './adapters/memory/client-profiles.js';
import { MeteredLanguageModel } from './adapters/metrics/metered-language-model.js';
import type { AiEngineConfig } from './ai-engine.config.js';
import { AnswersController } from './api/answers.controller.js';
import { ModelDeadline } from './api/model-deadline.js';
import { NarrativesController } from './api/narratives.controller.js';
import { configuredModels } from './configured-models.js';
import { AnswerCache } from './domain/model/answer-cache.js';
import { OrchestratedLanguageModel } from './domain/model/orchestrated-language-model.js';
import type { ChatModel } from './domain/model/chat-model.js';
import { Budget } from './domain/ports/budget.js';
import { CallLedger } from './domain/ports/call-ledger.js';
import { Charges } from './domain/ports/charges.js';
import { AskModel } from './domain/model/ask-model.js';
import { BUILTIN_MODEL, LanguageModel } from './domain/model/language-model.js';
import { AnswerFaults } from './domain/ports/answer-faults.js';
import { Memories } from './domain/ports/memories.js';
import { Profiles } from './domain/ports/profiles.js';
import { UsageLedger } from './domain/ports/usage-ledger.js';
import { AnswerMessage } from './domain/use-cases/answer-message.js';
import { EnterUsage } from './domain/use-cases/enter-usage.js';
import { TellStory } from './domain/use-cases/tell-story.js';
import { OnGoal } from './events/on-goal.js';
import { OnPerson } from './events/on-person.js';
import { OnTask } from './events/on-task.js';
import { OnTurn } from './events/on-turn.js';
import { LearnJob } from './jobs/learn-job.js';
import { learningParts } from './learning-parts.js';
import { CreateAi1764000000000 } from './repositories/migrations/1764000000000-create-ai.js';
import { NoteFaults1764000000002 } from './repositories/migrations/1764000000002-note-faults.js';
import { OrderCompletions1764000000001 } from './repositories/migrations/1764000000001-order-completions.js';
import { CreateLessons1764000000010 } from './repositories/migrations/1764000000010-create-lessons.js';
import { CreateModelCalls1764000000003 } from './repositories/migrations/1764000000003-create-model-calls.js';
import { TypeormCallLedger } from './repositories/typeorm/typeorm-call-ledger.js';
import { TypeormUsageLedger } from './repositories/typeorm/typeorm-usage-ledger.js';

const WRITER = 'ai:1';

/** Says which model answers, and why. */
@Injectable()
class ModelNotice implements OnApplicationBootstrap {
  constructor(
    private readonly model: LanguageModel,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const because = this.model.name === BUILTIN_MODEL ? 'no other model is configured' : 'a key or an address of it is configured';
    this.logger.info('adapter chosen', { port: 'LanguageModel', adapter: this.model.name, because });
  }
}

const ADAPTERS: readonly Provider[] = [
  ModelNotice,
  BuiltinLanguageModel,
  { provide: KeySource, inject: [InternalClient], useFactory: (client: InternalClient) => new CachedKeySource(new HttpKeySource(client)) },
  { provide: Sealer, inject: [KeySource], useFactory: (keys: KeySource) => new Sealer(keys, WRITER) },
  { provide: Memories, inject: [InternalClient, Sealer], useFactory: (client: InternalClient, sealer: Sealer) => new ClientMemories(client, sealer) },
  { provide: Profiles, inject: [InternalClient, Sealer], useFactory: (client: InternalClient, sealer: Sealer) => new ClientProfiles(client, sealer) },
  { provide: UsageLedger, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormUsageLedger(database) },
  {
    provide: AnswerFaults, inject: [Transaction, DatabaseContext, Clock, Logger, Metrics],
    useFactory: (transaction: Transaction, database: DatabaseContext, clock: Clock, logger: Logger, metrics: Metrics) => new StoredAnswerFaults({ transaction, database, clock, logger }, metrics),
  },
  { provide: CallLedger, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormCallLedger(database) },
];

const DOMAIN: readonly Provider[] = [AskModel, AnswerMessage, TellStory, EnterUsage];

/** The models that are configured. What they hold is given back when the service stops. */
@Injectable()
class ChatModels implements OnApplicationShutdown {
  constructor(readonly all: readonly ChatModel[]) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.all.map((model) => model.end()));
  }
}

/** The configured models with the rules behind them. */
function languageModel(config: AiEngineConfig): Provider[] {
  const { models: { privacyMode, offline, firstWordSeconds, roles }, budget: limits, runtime } = config;
  const terms = { day: { tokens: limits.dayTokens, money: limits.dayMoney }, month: { tokens: limits.monthTokens, money: limits.monthMoney }, prices: limits.prices };
  const configured = configuredModels(config);
  const asker = new ContextAsker();
  return [
    {
      provide: Budget, inject: [Transaction, CallLedger, Clock],
      useFactory: (transaction: Transaction, ledger: CallLedger, clock: Clock) => new LedgerBudget({ transaction, ledger, clock }, terms),
    },
    {
      provide: Charges, inject: [Transaction, CallLedger, Clock],
      useFactory: (transaction: Transaction, ledger: CallLedger, clock: Clock) => new LedgerCharges({ transaction, ledger, clock }),
    },
    {
      provide: ChatModels, inject: [Charges, Metrics],
      useFactory: (charges: Charges, metrics: Metrics) => new ChatModels(configured.map((model) => new ChargedChatModel(model, { asker, charges, metrics }))),
    },
    {
      provide: LanguageModel, inject: [BuiltinLanguageModel, ChatModels, Budget, Metrics, Tracer],
      useFactory: (rules: BuiltinLanguageModel, { all: models }: ChatModels, budget: Budget, metrics: Metrics, tracer: Tracer) => {
        const cache = new AnswerCache(runtime.cacheTtlSeconds * 1000);
        const several = { models, rules, asker, budget, cache, roles, privacyMode, offline, silenceMs: firstWordSeconds * 1000 };
        return new MeteredLanguageModel(new OrchestratedLanguageModel(several), metrics, tracer);
      },
    },
  ];
}

/** Composition root: which adapter stands behind which port. */
@Module({})
export class AiEngineModule {
  static with(config: AiEngineConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    const poolSize = connectionsPerService(config.database.poolSize, SERVICES.length);
    return {
      module: AiEngineModule,
      imports: [
        PersistenceModule.forService({
          name: 'ai', databaseUrl, poolSize, poolTotal: config.database.poolSize, rows: [], migrations: [...workMigrations, CreateAi1764000000000, OrderCompletions1764000000001, NoteFaults1764000000002, CreateModelCalls1764000000003, CreateLessons1764000000010],
        }),
        EventBusModule.forService({ service: 'ai-engine', databaseUrl, redisUrl: config.redis.url }),
      ],
      controllers: [AnswersController, NarrativesController, OnTurn, OnTask, OnGoal, OnPerson],
      providers: [
        ...ADAPTERS, ...languageModel(config), ...DOMAIN, { provide: ModelDeadline, useValue: new ModelDeadline(config.ai.timeoutSeconds) },
        ...workProviders(), ...learningParts(config.learning.windowSeconds), workRunner([LearnJob], { concurrency: Math.min(2, poolSize) }),
      ],
    };
  }
}
