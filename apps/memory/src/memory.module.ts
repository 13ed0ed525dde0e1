import { type DynamicModule, Inject, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule, EventPublisher } from '@selfos/event-bus';
import { InternalClient } from '@selfos/http';
import { Clock } from '@selfos/kernel';
import { DatabaseContext, PersistenceModule, Transaction } from '@selfos/persistence';
import { CachedKeySource, HttpKeySource, KeySource, Sealer } from '@selfos/sealing';
import { Work, workMigrations, workProviders, workRunner } from '@selfos/work';
import { PineconeVectors } from './adapters/pinecone/pinecone-vectors.js';
import { SealerProfiles } from './adapters/sealing/sealer-profiles.js';
import { KeyedVectorCloak } from './adapters/sealing/keyed-vector-cloak.js';
import { SealerTexts } from './adapters/sealing/sealer-texts.js';
import { InternalMemoriesController } from './api/internal-memories.controller.js';
import { MemoriesController } from './api/memories.controller.js';
import { ProfileController } from './api/profile.controller.js';
import { MemoryRepository } from './domain/memory/memory.repository.js';
import { Embedder } from './domain/ports/embedder.js';
import { Privacy } from './domain/ports/privacy.js';
import { RemoteSpaces } from './domain/ports/remote-spaces.js';
import { RemoteVectors } from './domain/ports/remote-vectors.js';
import { SealedTexts } from './domain/ports/sealed-texts.js';
import { PlanBook } from './domain/plans/plan-book.js';
import { SealedProfiles } from './domain/ports/sealed-profiles.js';
import { VectorCloak } from './domain/ports/vector-cloak.js';
import { VectorIndex } from './domain/ports/vector-index.js';
import { ProfileReader } from './domain/profile/profile-reader.js';
import { ProfileRepository } from './domain/profile/profile.repository.js';
import { MemoryReader } from './domain/search/memory-reader.js';
import { MirroredVectorIndex } from './domain/search/mirrored-vector-index.js';
import { MissingVectors } from './domain/search/missing-vectors.js';
import { SemanticIndex } from './domain/search/semantic-index.js';
import { ChangeProfile } from './domain/use-cases/change-profile.js';
import { CorrectMemory } from './domain/use-cases/correct-memory.js';
import { EmbedMissing } from './domain/use-cases/embed-missing.js';
import { ErasePerson } from './domain/use-cases/erase-person.js';
import { FollowPlan } from './domain/use-cases/follow-plan.js';
import { ForgetEverything } from './domain/use-cases/forget-everything.js';
import { ForgetMemory } from './domain/use-cases/forget-memory.js';
import { ListMemories } from './domain/use-cases/list-memories.js';
import { MemorySettings } from './domain/use-cases/memory-settings.js';
import { NotePlan } from './domain/use-cases/note-plan.js';
import { ObserveProfile } from './domain/use-cases/observe-profile.js';
import { ReadProfile } from './domain/use-cases/read-profile.js';
import { Recall } from './domain/use-cases/recall.js';
import { Remember } from './domain/use-cases/remember.js';
import { SendVectors } from './domain/use-cases/send-vectors.js';
import { embedderFor, leavesHere } from './embedder-choice.js';
import { OnPerson } from './events/on-person.js';
import { OnPlan } from './events/on-plan.js';
import { OnSettings } from './events/on-settings.js';
import { EmbedMissingJob } from './jobs/embed-missing-job.js';
import { FinishPlanJob, FollowPlanJob } from './jobs/follow-plan-job.js';
import { SendVectorsJob } from './jobs/send-vectors-job.js';
import type { MemoryConfig } from './memory.config.js';
import { CreateMemories1763805600000 } from './repositories/migrations/1763805600000-create-memories.js';
import { KeepOwners1763892000000 } from './repositories/migrations/1763892000000-keep-owners.js';
import { CreateProfiles1764000000000 } from './repositories/migrations/1764000000000-create-profiles.js';
import { FollowPlans1764000000001 } from './repositories/migrations/1764000000001-follow-plans.js';
import { NameSpaces1764000000002 } from './repositories/migrations/1764000000002-name-spaces.js';
import { Withhold1764000000003 } from './repositories/migrations/1764000000003-withhold.js';
import { EmbeddedVectorIndex } from './repositories/typeorm/embedded-vector-index.js';
import { MemoryOwnerRow } from './repositories/typeorm/memory-owner.row.js';
import { MemoryVectorRow } from './repositories/typeorm/memory-vector.row.js';
import { MemoryRow } from './repositories/typeorm/memory.row.js';
import { SettledIdRow } from './repositories/typeorm/settled-id.row.js';
import { TypeormMemoryRepository } from './repositories/typeorm/typeorm-memory-repository.js';
import { TypeormPlanBook } from './repositories/typeorm/typeorm-plan-book.js';
import { TypeormPrivacy } from './repositories/typeorm/typeorm-privacy.js';
import { TypeormRemoteSpaces } from './repositories/typeorm/typeorm-remote-spaces.js';
import { TypeormProfileRepository } from './repositories/typeorm/typeorm-profile-repository.js';

const WRITER = 'ai:1';
const rows = [MemoryRow, MemoryVectorRow, MemoryOwnerRow, SettledIdRow];
const migrations = [...workMigrations, CreateMemories1763805600000, KeepOwners1763892000000, CreateProfiles1764000000000, FollowPlans1764000000001, NameSpaces1764000000002, Withhold1764000000003];
const useCases = [EmbedMissing, EmbedMissingJob, Remember, Recall, ListMemories, CorrectMemory, ForgetMemory, ForgetEverything, MemorySettings, ReadProfile, ChangeProfile, ObserveProfile, NotePlan, FollowPlan, FollowPlanJob, FinishPlanJob, ErasePerson];

@Injectable()
class EmbedderLifetime implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(Embedder) private readonly embedder: Embedder) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.embedder.check();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.embedder.close();
  }
}

type Elsewhere = Pick<Privacy, 'isWithheld'>;
const ELSEWHERE = Symbol('elsewhere');

const adapters = [
  EmbedderLifetime,
  { provide: KeySource, inject: [InternalClient], useFactory: (client: InternalClient) => new CachedKeySource(new HttpKeySource(client)) },
  { provide: Sealer, inject: [KeySource], useFactory: (keys: KeySource) => new Sealer(keys, WRITER) },
  { provide: SealedTexts, inject: [Sealer], useFactory: (sealer: Sealer) => new SealerTexts(sealer) },
  { provide: SealedProfiles, inject: [Sealer], useFactory: (sealer: Sealer) => new SealerProfiles(sealer) },
  { provide: VectorCloak, inject: [KeySource], useFactory: (keys: KeySource) => new KeyedVectorCloak(keys) },
  {
    provide: EmbeddedVectorIndex,
    inject: [DatabaseContext, Transaction],
    useFactory: (context: DatabaseContext, transaction: Transaction) => new EmbeddedVectorIndex(context, transaction),
  },
  {
    provide: MemoryRepository,
    inject: [DatabaseContext, EventPublisher],
    useFactory: (context: DatabaseContext, publisher: EventPublisher) => new TypeormMemoryRepository(context, publisher),
  },
  {
    provide: MemoryReader,
    inject: [MemoryRepository, SealedTexts, Transaction],
    useFactory: (memories: MemoryRepository, texts: SealedTexts, transaction: Transaction) => new MemoryReader(memories, texts, transaction),
  },
  {
    provide: ProfileRepository,
    inject: [DatabaseContext, EventPublisher],
    useFactory: (context: DatabaseContext, publisher: EventPublisher) => new TypeormProfileRepository(context, publisher),
  },
  { provide: PlanBook, inject: [DatabaseContext], useFactory: (context: DatabaseContext) => new TypeormPlanBook(context) },
  {
    provide: ProfileReader,
    inject: [ProfileRepository, SealedProfiles, Transaction],
    useFactory: (profiles: ProfileRepository, sealed: SealedProfiles, transaction: Transaction) => new ProfileReader(profiles, sealed, transaction),
  },
  {
    provide: MissingVectors,
    inject: [Work, Transaction, Clock],
    useFactory: (work: Work, transaction: Transaction, clock: Clock) => new MissingVectors(work, transaction, clock),
  },
  {
    provide: SemanticIndex,
    inject: [Embedder, VectorCloak, VectorIndex, ELSEWHERE],
    useFactory: (embedder: Embedder, cloak: VectorCloak, index: VectorIndex, elsewhere?: Elsewhere) => new SemanticIndex(embedder, cloak, index, elsewhere),
  },
  { provide: Privacy, inject: [DatabaseContext, Transaction], useFactory: (context: DatabaseContext, transaction: Transaction) => new TypeormPrivacy(context, transaction) },
];

/** Where nothing leaves this installation, nobody has to be asked. */
function elsewhereFor(config: MemoryConfig): Provider {
  const useFactory = (privacy: Privacy): Elsewhere | undefined => {
    if (!leavesHere(config)) return undefined;
    return config.privacy.mode ? { isWithheld: () => Promise.resolve(true) } : privacy;
  };
  return { provide: ELSEWHERE, inject: [Privacy], useFactory };
}

const PLAN_JOBS = [FollowPlanJob, FinishPlanJob];

/** Vectors in our own database; and in Pinecone too, when it is set up. */
function vectorsFor({ pinecone: { apiKey, host } }: MemoryConfig) {
  if (apiKey === undefined || host === undefined) {
    return [{ provide: VectorIndex, useExisting: EmbeddedVectorIndex }, workRunner([EmbedMissingJob, ...PLAN_JOBS], { concurrency: 1 })];
  }
  return [
    { provide: RemoteSpaces, inject: [DatabaseContext], useFactory: (context: DatabaseContext) => new TypeormRemoteSpaces(context) },
    { provide: RemoteVectors, inject: [VectorCloak], useFactory: (cloak: VectorCloak) => new PineconeVectors({ apiKey, host }, cloak) },
    {
      provide: VectorIndex,
      inject: [EmbeddedVectorIndex, RemoteVectors, Work, Clock, RemoteSpaces],
      useFactory: (...parts: [EmbeddedVectorIndex, RemoteVectors, Work, Clock, RemoteSpaces]) => new MirroredVectorIndex(...parts),
    },
    SendVectors,
    SendVectorsJob,
    workRunner([EmbedMissingJob, SendVectorsJob, ...PLAN_JOBS], { concurrency: 1 }),
  ];
}

/** Where ports meet their adapters. Begin to read here. */
@Module({})
export class MemoryModule {
  static with(config: MemoryConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    const poolSize = connectionsPerService(config.database.poolSize, SERVICES.length);
    return {
      module: MemoryModule,
      imports: [
        PersistenceModule.forService({ name: 'memory', databaseUrl, poolSize, poolTotal: config.database.poolSize, rows, migrations }),
        EventBusModule.forService({ service: 'memory', databaseUrl, redisUrl: config.redis.url, pubsubProject: config.pubsub.projectId }),
      ],
      controllers: [MemoriesController, InternalMemoriesController, ProfileController, OnPlan, OnSettings, OnPerson],
      providers: [{ provide: Embedder, useFactory: () => embedderFor(config) }, elsewhereFor(config), ...adapters, ...workProviders(), ...vectorsFor(config), ...useCases],
    };
  }
}
