import { DatabaseContext } from '@selfos/persistence';
import { PeopleRepository } from '../../domain/people/people.repository.js';
import { PersonRow } from './rows.js';

export class TypeormPeopleRepository extends PeopleRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async project(person: { readonly userId: string; readonly zone: string; readonly seq: number }): Promise<boolean> {
    const kept: unknown[] = await this.database.manager().query(
      `INSERT INTO people (user_id, timezone, seq) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET timezone = excluded.timezone, seq = excluded.seq WHERE people.seq < excluded.seq
       RETURNING user_id`,
      [person.userId, person.zone, person.seq],
    );
    return kept.length > 0;
  }

  async zoneOf(userId: string): Promise<string | undefined> {
    return (await this.database.manager().findOneBy(PersonRow, { userId }))?.timezone;
  }

  async remove(userId: string): Promise<void> {
    await this.database.manager().delete(PersonRow, { userId });
  }
}
