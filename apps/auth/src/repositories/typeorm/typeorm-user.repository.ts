import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { UserRepository, type SaveOutcome } from '../../domain/users/user.repository.js';
import type { User } from '../../domain/users/user.js';
import { UserRow } from './user.row.js';

@Injectable()
export class TypeormUserRepository extends UserRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async findIdByEmailHash(emailHash: string): Promise<Uuid | undefined> {
    const manager = this.database.manager();
    // Row-level security shows a stranger's address row only to who names its hash.
    await manager.query("SELECT set_config('app.email_hash', $1, true)", [emailHash]);
    const rows: { user_id: Uuid }[] = await manager.query('SELECT user_id FROM addresses WHERE email_hash = $1', [emailHash]);
    return rows[0]?.user_id;
  }

  async find(userId: Uuid): Promise<User | undefined> {
    return (await this.database.manager().findOneBy(UserRow, { id: userId })) ?? undefined;
  }

  // Conflicts are answered and not thrown: a thrown one would spoil the caller's transaction.
  async create(userId: Uuid, user: User): Promise<SaveOutcome> {
    const manager = this.database.manager();
    const row = { ...user, id: userId };
    const made = await manager.createQueryBuilder().insert().into(UserRow).values(row).orIgnore().returning('user_id').execute();
    if (count(made.raw) === 0) return 'id-taken';
    const named: unknown = await manager.query('INSERT INTO addresses (email_hash, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING user_id', [user.emailHash, userId]);
    return count(named) === 0 ? 'email-taken' : 'saved';
  }

  async changeTimezone(userId: Uuid, timezone: string, version: number): Promise<User | undefined> {
    const result = await this.database.manager().update(UserRow, { id: userId, version }, { timezone, version: version + 1 });
    return result.affected === 1 ? this.find(userId) : undefined;
  }
}

function count(rows: unknown): number {
  return Array.isArray(rows) ? rows.length : 0;
}
