import { Module, type DynamicModule } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule } from '@selfos/event-bus';
import { DatabaseContext, PersistenceModule } from '@selfos/persistence';
import { FeedbackController } from './api/feedback.controller.js';
import { FeedbackRepository } from './domain/feedback/feedback.repository.js';
import { GiveFeedback } from './domain/use-cases/give-feedback.js';
import { ListFeedback } from './domain/use-cases/list-feedback.js';
import { CreateFeedback1764000000000 } from './repositories/migrations/1764000000000-create-feedback.js';
import { FeedbackRow } from './repositories/typeorm/feedback.row.js';
import { TypeormFeedbackRepository } from './repositories/typeorm/typeorm-feedback.repository.js';
import type { RlhfConfig } from './rlhf.config.js';

/** Composition root: which adapter stands behind which port. */
@Module({})
export class RlhfModule {
  static with(config: RlhfConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    const poolSize = connectionsPerService(config.database.poolSize, SERVICES.length);
    return {
      module: RlhfModule,
      imports: [
        PersistenceModule.forService({
          name: 'rlhf', databaseUrl, poolSize, poolTotal: config.database.poolSize,
          rows: [FeedbackRow], migrations: [CreateFeedback1764000000000],
        }),
        EventBusModule.forService({ service: 'rlhf', databaseUrl, redisUrl: config.redis.url, pubsubProject: config.pubsub.projectId }),
      ],
      controllers: [FeedbackController],
      providers: [
        { provide: FeedbackRepository, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormFeedbackRepository(database) },
        GiveFeedback,
        ListFeedback,
      ],
    };
  }
}
