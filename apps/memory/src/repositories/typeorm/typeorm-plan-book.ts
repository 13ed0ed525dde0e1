import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { PlanBook, type PlanState } from '../../domain/plans/plan-book.js';

const TELL = `
  INSERT INTO plan_states AS p (user_id, plan_id, seq, state, at, memories) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (user_id, plan_id) DO UPDATE SET seq = excluded.seq, state = excluded.state, at = excluded.at, memories = excluded.memories WHERE p.seq < excluded.seq
  RETURNING plan_id`;
const FIND = 'SELECT plan_id AS "planId", seq::int AS seq, state, at, memories FROM plan_states WHERE user_id = $1 AND plan_id = $2 FOR UPDATE';

/** Rows of PostgreSQL. What is found stays as it is until the transaction ends. */
export class TypeormPlanBook extends PlanBook {
  constructor(private readonly context: DatabaseContext) {
    super();
  }

  async tell(userId: Uuid, { planId, seq, state, at, memories }: PlanState): Promise<boolean> {
    return (await this.rows(TELL, [userId, planId, seq, state, at, JSON.stringify(memories)])).length > 0;
  }

  async find(userId: Uuid, planId: Uuid): Promise<PlanState | undefined> {
    return (await this.rows<PlanState>(FIND, [userId, planId]))[0];
  }

  async finish(userId: Uuid, planId: Uuid): Promise<void> {
    await this.rows("UPDATE plan_states SET memories = '[]' WHERE user_id = $1 AND plan_id = $2", [userId, planId]);
  }

  async removeAll(userId: Uuid): Promise<void> {
    await this.rows('DELETE FROM plan_states WHERE user_id = $1', [userId]);
  }

  private rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return this.context.manager().query<T[]>(sql, [...values]);
  }
}
