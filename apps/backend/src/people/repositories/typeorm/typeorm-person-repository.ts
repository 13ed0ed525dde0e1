import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { PersonRepository, type Person } from '../../domain/person.repository.js';

export class TypeormPersonRepository extends PersonRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async find(userId: Uuid): Promise<Person | undefined> {
    const rows: { timezone: string; seq: string }[] = await this.database.manager().query('SELECT timezone, seq FROM people WHERE user_id = $1', [userId]);
    return rows[0] && { timezone: rows[0].timezone, seq: Number(rows[0].seq) };
  }

  async learn(userId: Uuid, { timezone, seq }: Person): Promise<void> {
    await this.database.manager().query(
      `INSERT INTO people AS p (user_id, timezone, seq) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET timezone = excluded.timezone, seq = excluded.seq WHERE p.seq < excluded.seq`,
      [userId, timezone, seq],
    );
  }
}
