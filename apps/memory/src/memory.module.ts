import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { EventBusModule, EventPublisher } from '@selfos/event-bus';
import { InternalClient } from '@selfos/http';
import { DatabaseContext, PersistenceModule, Transaction } from '@selfos/persistence';
import { CachedKeySource, HttpKeySource, KeySource, Sealer } from '@selfos/sealing';
import { EnergeticEmbedder } from './adapters/energetic/energetic-embedder.js';
import { KeyedVectorCloak } from './adapters/sealing/keyed-vector-cloak.js';
import { SealerTexts } from './adapters/sealing/sealer-texts.js';
import { InternalMemoriesController } from './api/internal-memories.controller.js';
import { MemoriesController } from './api/memories.controller.js';
import { MemoryRepository } from './domain/memory/memory.repository.js';
import { Embedder } from './domain/ports/embedder.js';
import { SealedTexts } from './domain/ports/sealed-texts.js';
import { VectorCloak } from './domain/ports/vector-cloak.js';
import { VectorIndex } from './domain/ports/vector-index.js';
import { MemoryReader } from './domain/search/memory-reader.js';
import { SemanticIndex } from './domain/search/semantic-index.js';
import { CorrectMemory } from './domain/use-cases/correct-memory.js';
import { ForgetEverything } from './domain/use-cases/forget-everything.js';
import { ForgetMemory } from './domain/use-cases/forget-memory.js';
import { ListMemories } from './domain/use-cases/list-memories.js';
import { MemorySettings } from './domain/use-cases/memory-settings.js';
import { Recall } from './domain/use-cases/recall.js';
import { Remember } from './domain/use-cases/remember.js';
import type { MemoryConfig } from './memory.config.js';
import { CreateMemories1763805600000 } from './repositories/migrations/1763805600000-create-memories.js';
import { KeepOwners1763892000000 } from './repositories/migrations/1763892000000-keep-owners.js';
import { EmbeddedVectorIndex } from './repositories/typeorm/embedded-vector-index.js';
import { MemoryOwnerRow } from './repositories/typeorm/memory-owner.row.js';
import { MemoryVectorRow } from './repositories/typeorm/memory-vector.row.js';
import { MemoryRow } from './repositories/typeorm/memory.row.js';
import { SettledIdRow } from './repositories/typeorm/settled-id.row.js';
import { TypeormMemoryRepository } from './repositories/typeorm/typeorm-memory-repository.js';

const WRITER = 'ai:1';

@Injectable()
class EmbedderLifetime implements OnApplicationShutdown {
  constructor(@Inject(EnergeticEmbedder) private readonly embedder: EnergeticEmbedder) {}

  async onApplicationShutdown(): Promise<void> {
    await this.embedder.close();
  }
}

const adapters = [
  EnergeticEmbedder,
  EmbedderLifetime,
  { provide: Embedder, useExisting: EnergeticEmbedder },
  { provide: KeySource, inject: [InternalClient], useFactory: (client: InternalClient) => new CachedKeySource(new HttpKeySource(client)) },
  { provide: SealedTexts, inject: [KeySource], useFactory: (keys: KeySource) => new SealerTexts(new Sealer(keys, WRITER)) },
  { provide: VectorCloak, inject: [KeySource], useFactory: (keys: KeySource) => new KeyedVectorCloak(keys) },
  { provide: VectorIndex, inject: [DatabaseContext], useFactory: (context: DatabaseContext) => new EmbeddedVectorIndex(context) },
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
    provide: SemanticIndex,
    inject: [Embedder, VectorCloak, VectorIndex],
    useFactory: (embedder: Embedder, cloak: VectorCloak, index: VectorIndex) => new SemanticIndex(embedder, cloak, index),
  },
];

/** Where ports meet their adapters. Begin to read here. */
@Module({})
export class MemoryModule {
  static with(config: MemoryConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    const poolSize = connectionsPerService(config.database.poolSize, SERVICES.length);
    return {
      module: MemoryModule,
      imports: [
        PersistenceModule.forService({
          name: 'memory', databaseUrl, poolSize, poolTotal: config.database.poolSize,
          rows: [MemoryRow, MemoryVectorRow, MemoryOwnerRow, SettledIdRow], migrations: [CreateMemories1763805600000, KeepOwners1763892000000],
        }),
        EventBusModule.forService({ service: 'memory', databaseUrl, redisUrl: config.redis.url }),
      ],
      controllers: [MemoriesController, InternalMemoriesController],
      providers: [...adapters, Remember, Recall, ListMemories, CorrectMemory, ForgetMemory, ForgetEverything, MemorySettings],
    };
  }
}
