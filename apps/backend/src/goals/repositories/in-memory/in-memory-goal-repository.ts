import type { Uuid } from '@selfos/kernel';
import { GoalExists, GoalNotFound } from '../../domain/goal/goal.errors.js';
import { GoalRepository, type GoalFilter } from '../../domain/goal/goal.repository.js';
import type { Goal } from '../../domain/goal/goal.js';

export class InMemoryGoalRepository extends GoalRepository {
  private readonly goals = new Map<string, Goal>();

  async find(userId: Uuid, id: Uuid): Promise<Goal | undefined> {
    return structuredClone(this.goals.get(`${userId} ${id}`));
  }

  async lock(userId: Uuid, id: Uuid): Promise<Goal> {
    const goal = await this.find(userId, id);
    if (goal === undefined) throw new GoalNotFound();
    return goal;
  }

  async lockIfThere(userId: Uuid, id: Uuid): Promise<Goal | undefined> {
    return this.find(userId, id);
  }

  async findActive(userId: Uuid, limit: number): Promise<{ goals: readonly Goal[]; active: number }> {
    const active = [...this.goals].filter(([key, goal]) => key.startsWith(userId) && goal.status === 'active').map(([, goal]) => structuredClone(goal));
    return { goals: active.toSorted((a, b) => (`${a.target_date} ${a.id}` < `${b.target_date} ${b.id}` ? -1 : 1)).slice(0, limit), active: active.length };
  }

  async findPage(userId: Uuid, { status, after, limit }: GoalFilter): Promise<readonly Goal[]> {
    const place = (goal: Goal) => `${goal.created_at} ${goal.id}`;
    return [...this.goals]
      .filter(([key]) => key.startsWith(userId))
      .map(([, goal]) => structuredClone(goal))
      .filter((goal) => (status === undefined || goal.status === status) && (after === undefined || place(goal) < `${after.at} ${after.id}`))
      .toSorted((a, b) => (place(a) < place(b) ? 1 : -1))
      .slice(0, limit);
  }

  async insert(userId: Uuid, goal: Goal): Promise<void> {
    if (this.goals.has(`${userId} ${goal.id}`)) throw new GoalExists();
    await this.update(userId, goal);
  }

  async update(userId: Uuid, goal: Goal): Promise<void> {
    this.goals.set(`${userId} ${goal.id}`, structuredClone(goal));
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    this.goals.delete(`${userId} ${id}`);
  }
}
