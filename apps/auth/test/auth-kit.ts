import { asHmacKey, newSigningKey } from '@selfos/crypto';
import { MovableClock } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { Argon2PasswordHasher } from '../src/adapters/crypto/argon2-password-hasher.js';
import { EnvelopeEmailVault } from '../src/adapters/crypto/envelope-email-vault.js';
import { JwtTokenIssuer } from '../src/adapters/crypto/jwt-token-issuer.js';
import { InMemoryAccountEvents } from '../src/adapters/in-memory/in-memory-account-events.js';
import { Accounts } from '../src/domain/use-cases/accounts.js';
import { ChangeTimezone } from '../src/domain/use-cases/change-timezone.js';
import { Credentials } from '../src/domain/use-cases/credentials.js';
import { IssueTokens } from '../src/domain/use-cases/issue-tokens.js';
import { LogIn } from '../src/domain/use-cases/log-in.js';
import { LogOut } from '../src/domain/use-cases/log-out.js';
import { ProvideDomainKey } from '../src/domain/use-cases/provide-domain-key.js';
import { NextTokens } from '../src/domain/use-cases/next-tokens.js';
import { RefreshSession } from '../src/domain/use-cases/refresh-session.js';
import { Register, type Registration } from '../src/domain/use-cases/register.js';
import { InMemoryKeyRing } from '../src/repositories/in-memory/in-memory-key-ring.js';
import { InMemorySessionRepository } from '../src/repositories/in-memory/in-memory-session.repository.js';
import { InMemoryUserRepository } from '../src/repositories/in-memory/in-memory-user.repository.js';

export const ISSUER = 'http://selfos.test';
/** Argon2id as cheap as it gets: specs do not need to be slow. */
export const CHEAP = { memoryKib: 8, passes: 1 };
export const ada: Registration = { email: 'Ada@Example.org', password: 'a lamp, a lake, a ladder', timezone: 'Europe/London' };

/** All of auth on in-memory adapters. */
export async function authKit() {
  const transaction = new InMemoryTransaction();
  const users = new InMemoryUserRepository();
  const sessions = new InMemorySessionRepository();
  const keys = new InMemoryKeyRing();
  const events = new InMemoryAccountEvents();
  const hasher = new Argon2PasswordHasher(asHmacKey(new Uint8Array(32).fill(1)), CHEAP);
  const vault = new EnvelopeEmailVault(asHmacKey(new Uint8Array(32).fill(2)), keys);
  const signingKey = await newSigningKey();
  const issuer = new JwtTokenIssuer(signingKey, ISSUER);
  const accounts = new Accounts(transaction, users, vault);
  const tokens = new IssueTokens(sessions, issuer);
  return {
    users, sessions, keys, events, vault, issuer, accounts, hasher,
    register: new Register(transaction, users, new Credentials(keys, hasher, vault), events, new MovableClock()),
    logIn: new LogIn(accounts, hasher, transaction, sessions, tokens),
    refresh: new RefreshSession(transaction, sessions, issuer, events, new NextTokens(accounts, tokens)),
    logOut: new LogOut(transaction, sessions, issuer, events),
    changeTimezone: new ChangeTimezone(transaction, accounts, users, events),
    provideKey: new ProvideDomainKey(keys),
  };
}
