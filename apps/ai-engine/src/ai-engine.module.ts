import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule } from '@selfos/event-bus';
import { InternalClient } from '@selfos/http';
import { Clock } from '@selfos/kernel';
import { Logger, Metrics } from '@selfos/observability';
import { DatabaseContext, PersistenceModule, Transaction } from '@selfos/persistence';
import { CachedKeySource, HttpKeySource, KeySource, Sealer } from '@selfos/sealing';
import { workMigrations, workProviders, workRunner } from '@selfos/work';
import { StoredAnswerFaults } from './adapters/faults/stored-answer-faults.js';
import { ClientMemories } from './adapters/memory/client-memories.js';
import { ClientProfiles } from './adapters/memory/client-profiles.js';
import type { AiEngineConfig } from './ai-engine.config.js';
import { AnswersController } from './api/answers.controller.js';
import { ModelDeadline } from './api/model-deadline.js';
import { NarrativesController } from './api/narratives.controller.js';
import { PicturesController } from './api/pictures.controller.js';
import { SettingsController } from './api/settings.controller.js';
import { TranscriptionsController } from './api/transcriptions.controller.js';
import { AskModel } from './domain/model/ask-model.js';
import { AnswerFaults } from './domain/ports/answer-faults.js';
import { Memories } from './domain/ports/memories.js';
import { Profiles } from './domain/ports/profiles.js';
import { UsageLedger } from './domain/ports/usage-ledger.js';
import { AnswerMessage } from './domain/use-cases/answer-message.js';
import { EnterUsage } from './domain/use-cases/enter-usage.js';
import { TellStory } from './domain/use-cases/tell-story.js';
import { modelParts } from './model-parts.js';
import { OnSettings } from './events/on-settings.js';
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
import { CreateWishes1764000000004 } from './repositories/migrations/1764000000004-create-wishes.js';
import { CreateModelCalls1764000000003 } from './repositories/migrations/1764000000003-create-model-calls.js';
import { TypeormUsageLedger } from './repositories/typeorm/typeorm-usage-ledger.js';

const WRITER = 'ai:1';

const ADAPTERS: readonly Provider[] = [
  { provide: KeySource, inject: [InternalClient], useFactory: (client: InternalClient) => new CachedKeySource(new HttpKeySource(client)) },
  { provide: Sealer, inject: [KeySource], useFactory: (keys: KeySource) => new Sealer(keys, WRITER) },
  { provide: Memories, inject: [InternalClient, Sealer], useFactory: (client: InternalClient, sealer: Sealer) => new ClientMemories(client, sealer) },
  { provide: Profiles, inject: [InternalClient, Sealer], useFactory: (client: InternalClient, sealer: Sealer) => new ClientProfiles(client, sealer) },
  { provide: UsageLedger, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormUsageLedger(database) },
  {
    provide: AnswerFaults, inject: [Transaction, DatabaseContext, Clock, Logger, Metrics],
    useFactory: (transaction: Transaction, database: DatabaseContext, clock: Clock, logger: Logger, metrics: Metrics) => new StoredAnswerFaults({ transaction, database, clock, logger }, metrics),
  },
];

const DOMAIN: readonly Provider[] = [AskModel, AnswerMessage, TellStory, EnterUsage];

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
          name: 'ai', databaseUrl, poolSize, poolTotal: config.database.poolSize, rows: [], migrations: [...workMigrations, CreateAi1764000000000, OrderCompletions1764000000001, NoteFaults1764000000002, CreateModelCalls1764000000003, CreateWishes1764000000004, CreateLessons1764000000010],
        }),
        EventBusModule.forService({ service: 'ai-engine', databaseUrl, redisUrl: config.redis.url, pubsubProject: config.pubsub.projectId }),
      ],
      controllers: [AnswersController, NarrativesController, TranscriptionsController, PicturesController, SettingsController, OnSettings, OnTurn, OnTask, OnGoal, OnPerson],
      providers: [
        ...ADAPTERS, ...modelParts(config), ...DOMAIN, { provide: ModelDeadline, useValue: new ModelDeadline(config.ai.timeoutSeconds) },
        ...workProviders(), ...learningParts(config.learning.windowSeconds), workRunner([LearnJob], { concurrency: Math.min(2, poolSize) }),
      ],
    };
  }
}
