import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { KeyRing } from '../keys/key-ring.js';
import { EmailVault } from '../ports/email-vault.js';
import { PasswordHasher } from '../ports/password-hasher.js';
import type { User } from '../users/user.js';

/** What a new account consists of beside its clear fields: keys, a password hash and a sealed address. */
@Injectable()
export class Credentials {
  constructor(
    private readonly keys: KeyRing,
    private readonly hasher: PasswordHasher,
    private readonly vault: EmailVault,
  ) {}

  emailHash(email: string): Promise<string> {
    return this.vault.hash(email);
  }

  async make(userId: Uuid, given: { readonly email: string; readonly password: string }): Promise<Pick<User, 'passwordHash' | 'email'>> {
    const passwordHash = await this.hasher.hash(given.password);
    await this.keys.create(userId);
    return { passwordHash, email: await this.vault.seal(userId, given.email.trim()) };
  }
}
