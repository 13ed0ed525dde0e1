import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { violatedConstraint } from '../../../violated-constraint.js';
import { GoalExists, GoalNotFound } from '../../domain/goal/goal.errors.js';
import { GoalRepository, type GoalFilter } from '../../domain/goal/goal.repository.js';
import type { Goal } from '../../domain/goal/goal.js';
import { GoalRow } from './goal.row.js';

export class TypeormGoalRepository extends GoalRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async find(userId: Uuid, id: Uuid): Promise<Goal | undefined> {
    const row = await this.database.manager().findOneBy(GoalRow, { user_id: userId, id });
    return row === null ? undefined : goalOf(row);
  }

  async lock(userId: Uuid, id: Uuid): Promise<Goal> {
    const goal = await this.lockIfThere(userId, id);
    if (goal === undefined) throw new GoalNotFound();
    return goal;
  }

  async lockIfThere(userId: Uuid, id: Uuid): Promise<Goal | undefined> {
    const row = await this.database.manager().findOne(GoalRow, { where: { user_id: userId, id }, lock: { mode: 'pessimistic_write' } });
    return row === null ? undefined : goalOf(row);
  }

  async findPage(userId: Uuid, { status, after, limit }: GoalFilter): Promise<readonly Goal[]> {
    const query = this.database.manager().createQueryBuilder(GoalRow, 'g').where('g.user_id = :userId', { userId });
    if (status !== undefined) query.andWhere('g.status = :status', { status });
    if (after !== undefined) query.andWhere('(g.created_at, g.id) < (:at, :id)', after);
    return (await query.orderBy('g.created_at', 'DESC').addOrderBy('g.id', 'DESC').limit(limit).getMany()).map(goalOf);
  }

  async findActive(userId: Uuid, limit: number): Promise<{ goals: readonly Goal[]; active: number }> {
    const rows = await this.database.manager().find(GoalRow, { where: { user_id: userId, status: 'active' }, order: { target_date: 'ASC', id: 'ASC' }, take: limit });
    const [counted] = await this.database.manager().query<{ active: number }[]>("SELECT count(*) AS active FROM goals WHERE user_id = $1 AND status = 'active'", [userId]);
    return { goals: rows.map(goalOf), active: counted?.active ?? 0 };
  }

  async insert(userId: Uuid, goal: Goal): Promise<void> {
    try {
      await this.database.manager().insert(GoalRow, { ...goal, user_id: userId });
    } catch (error) {
      if (violatedConstraint(error) === 'goals_pkey') throw new GoalExists();
      throw error;
    }
  }

  async update(userId: Uuid, goal: Goal): Promise<void> {
    await this.database.manager().update(GoalRow, { user_id: userId, id: goal.id }, goal);
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    await this.database.manager().delete(GoalRow, { user_id: userId, id });
  }
}

function goalOf({ user_id: _, ...goal }: GoalRow): Goal {
  return goal;
}
