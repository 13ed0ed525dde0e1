import type { Uuid } from '@selfos/kernel';
import { UserRepository, type SaveOutcome } from '../../domain/users/user.repository.js';
import type { User } from '../../domain/users/user.js';

export class InMemoryUserRepository extends UserRepository {
  private readonly users = new Map<Uuid, User>();

  findIdByEmailHash(emailHash: string): Promise<Uuid | undefined> {
    return Promise.resolve([...this.users.values()].find((user) => user.emailHash === emailHash)?.id);
  }

  find(userId: Uuid): Promise<User | undefined> {
    return Promise.resolve(this.users.get(userId));
  }

  async create(userId: Uuid, user: User): Promise<SaveOutcome> {
    if (this.users.has(userId)) return 'id-taken';
    if ((await this.findIdByEmailHash(user.emailHash)) !== undefined) return 'email-taken';
    this.users.set(userId, user);
    return 'saved';
  }

  changeTimezone(userId: Uuid, timezone: string, version: number): Promise<User | undefined> {
    const user = this.users.get(userId);
    if (user?.version !== version) return Promise.resolve(undefined);
    const changed = { ...user, timezone, version: version + 1 };
    this.users.set(userId, changed);
    return Promise.resolve(changed);
  }
}
