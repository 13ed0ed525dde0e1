import { DatabaseContext } from '@selfos/persistence';
import { PersonRepository } from '../../domain/people/person.repository.js';

const SAVE = `
  INSERT INTO people AS p (user_id, timezone, seq) VALUES ($1, $2, $3)
  ON CONFLICT (user_id) DO UPDATE SET timezone = excluded.timezone, seq = excluded.seq WHERE p.seq < excluded.seq`;

export class TypeormPersonRepository extends PersonRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async saveZone(userId: string, { timezone, seq }: { timezone: string; seq: number }): Promise<void> {
    await this.database.manager().query(SAVE, [userId, timezone, seq]);
  }

  async findZone(userId: string): Promise<string | undefined> {
    const [row] = await this.database.manager().query<{ timezone: string }[]>('SELECT timezone FROM people WHERE user_id = $1', [userId]);
    return row?.timezone;
  }
}
