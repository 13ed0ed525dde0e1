import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { BlobStorage, FilesystemBlobStorage } from '@selfos/blob-storage';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule } from '@selfos/event-bus';
import { InternalClient } from '@selfos/http';
import { DatabaseContext, PersistenceModule } from '@selfos/persistence';
import { CachedKeySource, HttpKeySource, Sealer } from '@selfos/sealing';
import { Work, workMigrations, workProviders, workRunner } from '@selfos/work';
import { join } from 'node:path';
import { AiEngineStoryteller } from './adapters/ai-engine/ai-engine-storyteller.js';
import { SealerStorySeals } from './adapters/sealing/sealer-story-seals.js';
import { StoriesController } from './api/stories.controller.js';
import { StoryFilesController } from './api/story-files.controller.js';
import { EvidenceRepository } from './domain/evidence/evidence.repository.js';
import { PeopleRepository } from './domain/people/people.repository.js';
import { Storyteller } from './domain/ports/storyteller.js';
import { StorySeals } from './domain/ports/story-seals.js';
import { StoryRepository } from './domain/story/story.repository.js';
import { ForgetPerson } from './domain/use-cases/forget-person.js';
import { ReadStories } from './domain/use-cases/read-stories.js';
import { RequestStory } from './domain/use-cases/request-story.js';
import { MakeStory } from './domain/use-cases/making/make-story.js';
import { MakeWeeklyStory } from './domain/use-cases/weekly/make-weekly-story.js';
import { WeeklyCalendar } from './domain/use-cases/weekly/weekly-calendar.js';
import { OnPerson } from './events/on-person.js';
import { OnRecord } from './events/on-record.js';
import { makingProviders } from './making.module.js';
import { CreateStories1763800000000 } from './repositories/migrations/create-stories.js';
import { LetStoriesWait1764300000000 } from './repositories/migrations/let-stories-wait.js';
import { EvidenceRow, PersonRow, StoryFileRow, StoryRow } from './repositories/typeorm/rows.js';
import { TypeormEvidenceRepository } from './repositories/typeorm/typeorm-evidence.repository.js';
import { TypeormPeopleRepository } from './repositories/typeorm/typeorm-people.repository.js';
import { TypeormStoryRepository } from './repositories/typeorm/typeorm-story.repository.js';
import type { StoryEngineConfig } from './story-engine.config.js';

/** Composition root: which adapter stands behind each port. */
@Module({})
export class StoryEngineModule {
  static with(config: StoryEngineConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    return {
      module: StoryEngineModule,
      imports: [
        PersistenceModule.forService({
          name: 'story',
          databaseUrl,
          poolSize: connectionsPerService(config.database.poolSize, SERVICES.length),
          poolTotal: config.database.poolSize,
          rows: [PersonRow, EvidenceRow, StoryRow, StoryFileRow],
          migrations: [...workMigrations, CreateStories1763800000000, LetStoriesWait1764300000000],
        }),
        EventBusModule.forService({ service: 'story-engine', databaseUrl, redisUrl: config.redis.url, pubsubProject: config.pubsub.projectId }),
      ],
      controllers: [StoriesController, StoryFilesController, OnPerson, OnRecord],
      providers: [...stores(config), ...sealing(), ...makingProviders(config), ...calendar(config), RequestStory, ReadStories, ForgetPerson, ...workProviders(), workRunner([MakeStory, MakeWeeklyStory], { concurrency: config.story.jobs })],
    };
  }
}

function stores(config: StoryEngineConfig): Provider[] {
  const repository = <T>(port: abstract new () => T, adapter: new (database: DatabaseContext) => T): Provider => ({
    provide: port,
    inject: [DatabaseContext],
    useFactory: (database: DatabaseContext) => new adapter(database),
  });
  return [
    repository(StoryRepository, TypeormStoryRepository),
    repository(EvidenceRepository, TypeormEvidenceRepository),
    repository(PeopleRepository, TypeormPeopleRepository),
    { provide: BlobStorage, useFactory: () => FilesystemBlobStorage.open(config.story.blobs ?? join(config.runtime.home, 'blobs', 'story')) },
  ];
}

function sealing(): Provider[] {
  return [
    { provide: Storyteller, inject: [InternalClient], useFactory: (client: InternalClient) => new AiEngineStoryteller(client) },
    { provide: Sealer, inject: [InternalClient], useFactory: (client: InternalClient) => new Sealer(new CachedKeySource(new HttpKeySource(client)), 'ai:1') },
    { provide: StorySeals, inject: [Sealer], useFactory: (sealer: Sealer) => new SealerStorySeals(sealer) },
  ];
}

function calendar(config: StoryEngineConfig): Provider[] {
  return [
    { provide: WeeklyCalendar, inject: [Work], useFactory: (work: Work) => new WeeklyCalendar(work, config.story.weekClosesAt) },
    {
      provide: MakeWeeklyStory,
      inject: [PeopleRepository, EvidenceRepository, RequestStory, WeeklyCalendar],
      useFactory: (people: PeopleRepository, evidence: EvidenceRepository, stories: RequestStory, weekly: WeeklyCalendar) => new MakeWeeklyStory(people, evidence, stories, weekly),
    },
  ];
}
