import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule, EventPublisher } from '@selfos/event-bus';
import { DatabaseContext, PersistenceModule } from '@selfos/persistence';
import { Work, workMigrations, workProviders, workRunner } from '@selfos/work';
import { NotificationsController } from './api/notifications.controller.js';
import { Inbox } from './domain/notifications/inbox.js';
import { NotificationRepository } from './domain/notifications/notification.repository.js';
import { PersonRepository } from './domain/people/person.repository.js';
import { Bookings } from './domain/reminders/bookings.js';
import { FollowedTaskRepository } from './domain/reminders/followed-task.repository.js';
import { AnnounceStory } from './domain/use-cases/announce-story.js';
import { Congratulate } from './domain/use-cases/congratulate.js';
import { FollowTask } from './domain/use-cases/follow-task.js';
import { ForgetTask } from './domain/use-cases/forget-task.js';
import { KnowZone } from './domain/use-cases/know-zone.js';
import { ListNotifications } from './domain/use-cases/list-notifications.js';
import { NoteOccurrence } from './domain/use-cases/note-occurrence.js';
import { ReadNotification } from './domain/use-cases/read-notification.js';
import { Remind } from './domain/use-cases/remind.js';
import { OnMilestone } from './events/on-milestone.js';
import { OnOccurrence } from './events/on-occurrence.js';
import { OnTask } from './events/on-task.js';
import { OnUser } from './events/on-user.js';
import { ReminderJob } from './jobs/reminder-job.js';
import type { NotifyConfig } from './notify.config.js';
import { CreateNotify1764000000000 } from './repositories/migrations/1764000000000-create-notify.js';
import { OwnTasks1764000000001 } from './repositories/migrations/1764000000001-own-tasks.js';
import { FollowedTaskRow } from './repositories/typeorm/followed-task.row.js';
import { NotificationRow } from './repositories/typeorm/notification.row.js';
import { TypeormFollowedTaskRepository } from './repositories/typeorm/typeorm-followed-task.repository.js';
import { TypeormNotificationRepository } from './repositories/typeorm/typeorm-notification.repository.js';
import { TypeormPersonRepository } from './repositories/typeorm/typeorm-person.repository.js';

const REPOSITORIES: readonly Provider[] = [
  { provide: NotificationRepository, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormNotificationRepository(database) },
  { provide: FollowedTaskRepository, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormFollowedTaskRepository(database) },
  { provide: PersonRepository, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormPersonRepository(database) },
];

const DOMAIN: readonly Provider[] = [
  { provide: Inbox, inject: [NotificationRepository, EventPublisher], useFactory: (notifications: NotificationRepository, publisher: EventPublisher) => new Inbox(notifications, publisher) },
  { provide: Bookings, inject: [FollowedTaskRepository, Work], useFactory: (tasks: FollowedTaskRepository, work: Work) => new Bookings(tasks, work) },
  ...[AnnounceStory, Congratulate, FollowTask, ForgetTask, KnowZone, ListNotifications, NoteOccurrence, ReadNotification, Remind],
];

/** Composition root: which adapter stands behind which port. */
@Module({})
export class NotifyModule {
  static with(config: NotifyConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    const poolSize = connectionsPerService(config.database.poolSize, SERVICES.length);
    return {
      module: NotifyModule,
      imports: [
        PersistenceModule.forService({
          name: 'notify', databaseUrl, poolSize, poolTotal: config.database.poolSize,
          rows: [NotificationRow, FollowedTaskRow], migrations: [...workMigrations, CreateNotify1764000000000, OwnTasks1764000000001],
        }),
        EventBusModule.forService({ service: 'notify', databaseUrl, redisUrl: config.redis.url, pubsubProject: config.pubsub.projectId }),
      ],
      controllers: [NotificationsController, OnTask, OnOccurrence, OnMilestone, OnUser],
      providers: [...REPOSITORIES, ...DOMAIN, ...workProviders(), ReminderJob, workRunner([ReminderJob], { concurrency: Math.min(4, poolSize) })],
    };
  }
}
