import { Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule } from '@selfos/event-bus';
import { InternalClient, RequestOnce } from '@selfos/http';
import { Logger } from '@selfos/observability';
import { DatabaseContext, PersistenceModule, Transaction, WorkerDatabase } from '@selfos/persistence';
import { workMigrations, workProviders, workRunner } from '@selfos/work';
import type { BackendConfig } from './backend.config.js';
import { HttpAnswerEngine } from './conversations/adapters/http-answer-engine.js';
import { IdempotentSavedAnswer } from './conversations/adapters/idempotent-saved-answer.js';
import { WorkerOverdueTurns } from './conversations/adapters/worker-overdue-turns.js';
import { TwoMessageStores } from './conversations/adapters/two-message-stores.js';
import { ConversationsController } from './conversations/api/conversations.controller.js';
import { BegunTurns } from './conversations/domain/begun-turn/begun-turn.repository.js';
import { ConversationRepository } from './conversations/domain/conversation/conversation.repository.js';
import { AnswerEngine } from './conversations/domain/ports/answer-engine.js';
import { MessageStore } from './conversations/domain/ports/message-store.js';
import { OverdueTurns } from './conversations/domain/ports/overdue-turns.js';
import { SavedAnswer } from './conversations/domain/ports/saved-answer.js';
import { Transcript } from './conversations/domain/transcript.js';
import { TurnRecord } from './conversations/domain/turn-record.js';
import { Circumstances } from './conversations/domain/circumstances.js';
import { Converse } from './conversations/domain/use-cases/converse.js';
import { KeepTurn } from './conversations/domain/use-cases/keep-turn.js';
import { ReadConversations } from './conversations/domain/use-cases/read-conversations.js';
import { SettleTurn } from './conversations/domain/use-cases/settle-turn.js';
import { SweepStart, SweepTurnsJob } from './conversations/jobs/sweep-turns-job.js';
import type { MongooseMessageStore } from './conversations/repositories/mongoose/mongoose-message-store.js';
import { PostgresMessageStore } from './conversations/repositories/typeorm/postgres-message-store.js';
import { TypeormBegunTurns } from './conversations/repositories/typeorm/typeorm-begun-turns.js';
import { TypeormConversationRepository } from './conversations/repositories/typeorm/typeorm-conversation-repository.js';
import { GoalsController } from './goals/api/goals.controller.js';
import { GoalBook } from './goals/domain/goal-book.js';
import { GoalRepository } from './goals/domain/goal/goal.repository.js';
import { ChangeGoal } from './goals/domain/use-cases/change-goal.js';
import { CreateGoal } from './goals/domain/use-cases/create-goal.js';
import { ReadGoals } from './goals/domain/use-cases/read-goals.js';
import { GoalRow } from './goals/repositories/typeorm/goal.row.js';
import { TypeormGoalRepository } from './goals/repositories/typeorm/typeorm-goal-repository.js';
import { People } from './people/domain/people.js';
import { PersonRepository } from './people/domain/person.repository.js';
import { OnUser } from './people/events/on-user.js';
import { TypeormPersonRepository } from './people/repositories/typeorm/typeorm-person-repository.js';
import { PlansController } from './plans/api/plans.controller.js';
import { ChangeSet } from './plans/domain/change-set.js';
import { PlanDesk } from './plans/domain/plan-desk.js';
import { PlanRepository } from './plans/domain/plan/plan.repository.js';
import { TakeBack } from './plans/domain/take-back.js';
import { DecidePlan } from './plans/domain/use-cases/decide-plan.js';
import { PlanRow } from './plans/repositories/typeorm/plan.row.js';
import { TypeormPlanRepository } from './plans/repositories/typeorm/typeorm-plan-repository.js';
import { CreateBackend1763900000000 } from './repositories/migrations/1763900000000-create-backend.js';
import { HttpPrivacyNotice } from './settings/adapters/http-privacy-notice.js';
import { SettingsController } from './settings/api/settings.controller.js';
import { PersonSettings } from './settings/domain/person-settings.js';
import { PrivacyNotice } from './settings/domain/ports/privacy-notice.js';
import { SettingsRepository } from './settings/domain/settings/settings.repository.js';
import { TypeormSettingsRepository } from './settings/repositories/typeorm/typeorm-settings-repository.js';
import { TodayController } from './schedule/api/today.controller.js';
import { Outlook } from './schedule/domain/outlook.js';
import { Today } from './schedule/domain/today.js';
import { TasksController } from './tasks/api/tasks.controller.js';
import { OccurrenceRepository } from './tasks/domain/occurrence/occurrence.repository.js';
import { TaskBook } from './tasks/domain/task-book.js';
import { TaskRepository } from './tasks/domain/task/task.repository.js';
import { ChangeTask } from './tasks/domain/use-cases/change-task.js';
import { CompleteTask } from './tasks/domain/use-cases/complete-task.js';
import { CreateTask } from './tasks/domain/use-cases/create-task.js';
import { DeleteTask } from './tasks/domain/use-cases/delete-task.js';
import { ReadTasks } from './tasks/domain/use-cases/read-tasks.js';
import { OccurrenceRow } from './tasks/repositories/typeorm/occurrence.row.js';
import { TaskRow } from './tasks/repositories/typeorm/task.row.js';
import { TypeormOccurrenceRepository } from './tasks/repositories/typeorm/typeorm-occurrence-repository.js';
import { TypeormTaskRepository } from './tasks/repositories/typeorm/typeorm-task-repository.js';

/** MongoDB while it is configured, whether it is written to or only read from. */
class Mongo {
  constructor(readonly store: MongooseMessageStore | undefined) {}
}

@Injectable()
class MongoLifetime implements OnApplicationShutdown {
  constructor(@Inject(Mongo) private readonly mongo: Mongo) {}

  async onApplicationShutdown(): Promise<void> {
    await this.mongo.store?.close();
  }
}

const fromDatabase = <T>(adapter: new (database: DatabaseContext) => T) => ({ inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new adapter(database) });

const ADAPTERS: readonly Provider[] = [
  { provide: PersonRepository, ...fromDatabase(TypeormPersonRepository) },
  { provide: TaskRepository, ...fromDatabase(TypeormTaskRepository) },
  { provide: OccurrenceRepository, ...fromDatabase(TypeormOccurrenceRepository) },
  { provide: GoalRepository, ...fromDatabase(TypeormGoalRepository) },
  { provide: PlanRepository, ...fromDatabase(TypeormPlanRepository) },
  { provide: SettingsRepository, ...fromDatabase(TypeormSettingsRepository) },
  { provide: ConversationRepository, ...fromDatabase(TypeormConversationRepository) },
  { provide: BegunTurns, ...fromDatabase(TypeormBegunTurns) },
  { provide: OverdueTurns, inject: [WorkerDatabase], useFactory: (worker: WorkerDatabase) => new WorkerOverdueTurns(worker) },
  { provide: AnswerEngine, inject: [InternalClient], useFactory: (client: InternalClient) => new HttpAnswerEngine(client) },
  { provide: PrivacyNotice, inject: [InternalClient], useFactory: (client: InternalClient) => new HttpPrivacyNotice(client) },
  { provide: SavedAnswer, inject: [RequestOnce], useFactory: (once: RequestOnce) => new IdempotentSavedAnswer(once) },
];

const DOMAIN: readonly Provider[] = [
  People, TaskBook, CreateTask, ChangeTask, DeleteTask, CompleteTask, ReadTasks, GoalBook, CreateGoal, ChangeGoal, ReadGoals, PersonSettings, Today, Outlook, ChangeSet, TakeBack, PlanDesk, DecidePlan,
  Transcript, TurnRecord, KeepTurn, SettleTurn, Circumstances, Converse, ReadConversations,
];

/** Its driver is large: nobody who does without it waits for it. */
async function openMongo(url: string): Promise<MongooseMessageStore> {
  const { MongooseMessageStore: Store } = await import('./conversations/repositories/mongoose/mongoose-message-store.js');
  return new Store(url);
}

function messageStores({ mongodb, conversations }: BackendConfig): Provider[] {
  const intoMongo = mongodb.url !== undefined && conversations.messageStore !== 'postgres';
  const choose = ({ store: mongo }: Mongo, logger: Logger, postgres: PostgresMessageStore): MessageStore => {
    logger.info('adapter chosen', { port: 'MessageStore', adapter: intoMongo ? 'mongodb' : 'postgres', because: mongodb.url === undefined ? 'MONGODB_URL:unset' : 'MONGODB_URL:set' });
    if (mongo === undefined) return postgres;
    return intoMongo ? new TwoMessageStores(mongo, postgres) : new TwoMessageStores(postgres, mongo);
  };
  return [
    { provide: Mongo, useFactory: async () => new Mongo(mongodb.url === undefined ? undefined : await openMongo(mongodb.url)) },
    MongoLifetime,
    { provide: PostgresMessageStore, inject: [Transaction, DatabaseContext], useFactory: (transaction: Transaction, database: DatabaseContext) => new PostgresMessageStore(transaction, database) },
    { provide: MessageStore, inject: [Mongo, Logger, PostgresMessageStore], useFactory: choose },
  ];
}

/** Composition root: which adapter stands behind which port. */
@Module({})
export class BackendModule {
  static with(config: BackendConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    return {
      module: BackendModule,
      imports: [
        PersistenceModule.forService({
          name: 'backend', databaseUrl, poolSize: connectionsPerService(config.database.poolSize, SERVICES.length), poolTotal: config.database.poolSize,
          rows: [TaskRow, OccurrenceRow, GoalRow, PlanRow], migrations: [CreateBackend1763900000000, ...workMigrations],
        }),
        EventBusModule.forService({ service: 'backend', databaseUrl, redisUrl: config.redis.url, pubsubProject: config.pubsub.projectId }),
      ],
      controllers: [ConversationsController, PlansController, TasksController, GoalsController, SettingsController, TodayController, OnUser],
      providers: [...ADAPTERS, ...DOMAIN, ...messageStores(config), ...workProviders(), SweepTurnsJob, SweepStart, workRunner([SweepTurnsJob])],
    };
  }
}
