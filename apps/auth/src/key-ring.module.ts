import { Module, type DynamicModule } from '@nestjs/common';
import { FileKeyWrap, KeyWrap } from '@selfos/crypto';
import { DatabaseContext, PersistenceModule, Transaction } from '@selfos/persistence';
import { keyPath, type AuthConfig } from './auth.config.js';
import { KeyRing } from './domain/keys/key-ring.js';
import { CreateKeys1763805600000 } from './repositories/migrations/create-keys.js';
import { TypeormKeyRing } from './repositories/typeorm/typeorm-key-ring.js';

/** The key ring with a database of its own: what is inside cannot reach the accounts, nor they it. */
@Module({})
export class KeyRingModule {
  static with(config: AuthConfig): DynamicModule {
    const database = { name: 'keys', databaseUrl: config.database.url ?? '', global: false, poolSize: 3, poolTotal: config.database.poolSize, rows: [], migrations: [CreateKeys1763805600000] };
    return {
      module: KeyRingModule,
      imports: [PersistenceModule.forService(database)],
      providers: [
        { provide: KeyWrap, useFactory: () => FileKeyWrap.open(keyPath(config, 'wrappingKeyFile', 'wrapping-key.json')) },
        {
          provide: KeyRing,
          inject: [Transaction, DatabaseContext, KeyWrap],
          useFactory: async (transaction: Transaction, context: DatabaseContext, wrap: KeyWrap) => {
            const keys = new TypeormKeyRing(transaction, context, wrap);
            await keys.checkKeyFile();
            return keys;
          },
        },
      ],
      exports: [KeyRing, KeyWrap],
    };
  }
}
