import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { z } from 'zod';
import { PersonalRows } from '../../domain/ports/personal-rows.js';

/** The tables whose rows belong to people, by the policy that says so: a table that is added later is among them. What is to be told and done has no words. */
const TABLES = `
  SELECT c.relname AS name FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
  WHERE p.polname = 'own_rows' AND c.relname NOT IN ('outbox', 'once', 'work', 'work_due', 'work_steps') ORDER BY c.relname`;
const named = z.array(z.object({ name: z.string().regex(/^[a-z_]+$/) }));

export class TypeormPersonalRows extends PersonalRows {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async removeAll(userId: Uuid): Promise<void> {
    const tables = named.parse(await this.database.manager().query(TABLES));
    for (const { name } of tables) await this.database.manager().query(`DELETE FROM ${name} WHERE user_id = $1`, [userId]);
  }
}
