import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { connectionsPerService } from '@selfos/config';
import { SERVICES } from '@selfos/contracts';
import { deriveHmacKey, KeyFolder, KeyWrap } from '@selfos/crypto';
import { EventBusModule } from '@selfos/event-bus';
import { IdempotencyStore } from '@selfos/http';
import { DatabaseContext, PersistenceModule, Transaction, TypeormIdempotencyStore, TypeormTransaction } from '@selfos/persistence';
import { Argon2PasswordHasher } from './adapters/crypto/argon2-password-hasher.js';
import { EnvelopeEmailVault } from './adapters/crypto/envelope-email-vault.js';
import { JwtTokenIssuer } from './adapters/crypto/jwt-token-issuer.js';
import { OutboxAccountEvents } from './adapters/outbox/outbox-account-events.js';
import { AuthController } from './api/auth.controller.js';
import { KeysController } from './api/keys.controller.js';
import { MeController } from './api/me.controller.js';
import { RegistrationController } from './api/registration.controller.js';
import { keyPath, type AuthConfig } from './auth.config.js';
import { KeyRing } from './domain/keys/key-ring.js';
import { AccountEvents } from './domain/ports/account-events.js';
import { EmailVault } from './domain/ports/email-vault.js';
import { PasswordHasher } from './domain/ports/password-hasher.js';
import { TokenIssuer } from './domain/ports/token-issuer.js';
import { SessionRepository } from './domain/sessions/session.repository.js';
import { Accounts } from './domain/use-cases/accounts.js';
import { ChangeTimezone } from './domain/use-cases/change-timezone.js';
import { Credentials } from './domain/use-cases/credentials.js';
import { IssueTokens } from './domain/use-cases/issue-tokens.js';
import { LogIn } from './domain/use-cases/log-in.js';
import { LogOut } from './domain/use-cases/log-out.js';
import { ProvideDomainKey } from './domain/use-cases/provide-domain-key.js';
import { NextTokens } from './domain/use-cases/next-tokens.js';
import { RefreshSession } from './domain/use-cases/refresh-session.js';
import { Register } from './domain/use-cases/register.js';
import { UserRepository } from './domain/users/user.repository.js';
import { KeyRingModule } from './key-ring.module.js';
import { CreateAccounts1763805600000 } from './repositories/migrations/create-accounts.js';
import { ExpireSessions1763809200000 } from './repositories/migrations/expire-sessions.js';
import { OVER_SESSIONS } from './repositories/typeorm/over-sessions.js';
import { SealedIdempotencyStore } from './repositories/typeorm/sealed-idempotency-store.js';
import { TypeormSessionRepository } from './repositories/typeorm/typeorm-session.repository.js';
import { TypeormUserRepository } from './repositories/typeorm/typeorm-user.repository.js';
import { UserRow } from './repositories/typeorm/user.row.js';

const USE_CASES = [Accounts, ChangeTimezone, Credentials, IssueTokens, LogIn, LogOut, NextTokens, ProvideDomainKey, RefreshSession, Register];

/** Composition root: the ports of auth and their adapters. */
@Module({})
export class AuthModule {
  static with(config: AuthConfig): DynamicModule {
    const databaseUrl = config.database.url ?? '';
    const poolSize = connectionsPerService(config.database.poolSize, SERVICES.length);
    const rows = { name: 'auth', databaseUrl, global: false, poolSize, poolTotal: config.database.poolSize, rows: [UserRow], migrations: [CreateAccounts1763805600000, ExpireSessions1763809200000], sweeps: OVER_SESSIONS };
    return {
      module: AuthModule,
      // Global in place of persistence, whose own store would keep answers readable: everyone gets the sealing one.
      global: true,
      imports: [KeyRingModule.with(config), PersistenceModule.forService(rows), EventBusModule.forService({ service: 'auth', databaseUrl, redisUrl: config.redis.url, pubsubProject: config.pubsub.projectId })],
      controllers: [AuthController, RegistrationController, MeController, KeysController],
      providers: [...USE_CASES, ...adapters(config), SEALED_STORE],
      exports: [PersistenceModule, IdempotencyStore],
    };
  }
}

const SEALED_STORE: Provider = {
  provide: IdempotencyStore,
  inject: [Transaction, DatabaseContext, KeyWrap],
  useFactory: async (transaction: TypeormTransaction, context: DatabaseContext, wrap: KeyWrap) =>
    new SealedIdempotencyStore(new TypeormIdempotencyStore(transaction, context), wrap, await deriveHmacKey(await wrap.rootSecret(), 'request-fingerprint')),
};

function adapters(config: AuthConfig): Provider[] {
  const tokenKeys = keyPath(config, 'tokenKeyFolder', 'tokens');
  return [
    { provide: UserRepository, useClass: TypeormUserRepository },
    { provide: SessionRepository, useClass: TypeormSessionRepository },
    { provide: AccountEvents, useClass: OutboxAccountEvents },
    { provide: TokenIssuer, useFactory: async () => new JwtTokenIssuer(await new KeyFolder(tokenKeys).signingKey('access'), config.http.publicUrl) },
    {
      provide: PasswordHasher,
      inject: [KeyWrap],
      useFactory: async (wrap: KeyWrap) => {
        const hasher = new Argon2PasswordHasher(await deriveHmacKey(await wrap.rootSecret(), 'password-pepper'));
        await hasher.prepare();
        return hasher;
      },
    },
    {
      provide: EmailVault,
      inject: [KeyWrap, KeyRing],
      useFactory: async (wrap: KeyWrap, keys: KeyRing) => new EnvelopeEmailVault(await deriveHmacKey(await wrap.rootSecret(), 'email-index'), keys),
    },
  ];
}
