import { hashPassword, newSecretToken, PASSWORD_COST, verifyPassword, type HmacKey, type PasswordCost } from '@selfos/crypto';
import { PasswordHasher } from '../../domain/ports/password-hasher.js';
import { SignInBusy } from '../../domain/sessions/session.errors.js';

/** At once; a hash takes 64 MiB and a core for a while. */
const AT_ONCE = 2;
const WAITING = 100;

/** Argon2id with a pepper, two at a time; SignInBusy when a hundred more wait. */
export class Argon2PasswordHasher extends PasswordHasher {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private dummy: Promise<string> | undefined;

  constructor(
    private readonly pepper: HmacKey,
    private readonly cost: PasswordCost = PASSWORD_COST,
  ) {
    super();
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => hashPassword(this.pepper, password, this.cost));
  }

  async verify(hash: string | undefined, password: string): Promise<boolean> {
    const compared = hash ?? (await this.dummyHash());
    const right = await this.inTurn(() => verifyPassword(this.pepper, compared, password));
    return right && hash !== undefined;
  }

  /** Makes the hash that unknown people are compared with, so that the first of them takes no longer. */
  async prepare(): Promise<void> {
    await this.dummyHash();
  }

  private dummyHash(): Promise<string> {
    this.dummy ??= hashPassword(this.pepper, newSecretToken(), this.cost);
    return this.dummy;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting.length >= WAITING) throw new SignInBusy();
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      // The place is handed on, or given back.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
