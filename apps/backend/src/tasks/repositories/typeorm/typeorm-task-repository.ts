import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { In, type SelectQueryBuilder } from 'typeorm';
import { violatedConstraint } from '../../../violated-constraint.js';
import { TaskExists, TaskGoalUnknown, TaskNotFound } from '../../domain/task/task.errors.js';
import { TaskRepository, type TaskFilter, type TasksAround } from '../../domain/task/task.repository.js';
import type { Task } from '../../domain/task/task.js';
import { TaskRow } from './task.row.js';

export class TypeormTaskRepository extends TaskRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async find(userId: Uuid, id: Uuid): Promise<Task | undefined> {
    const row = await this.database.manager().findOneBy(TaskRow, { user_id: userId, id });
    return row === null ? undefined : taskOf(row);
  }

  async lock(userId: Uuid, id: Uuid): Promise<Task> {
    const task = await this.lockIfThere(userId, id);
    if (task === undefined) throw new TaskNotFound();
    return task;
  }

  async lockIfThere(userId: Uuid, id: Uuid): Promise<Task | undefined> {
    const row = await this.database.manager().findOne(TaskRow, { where: { user_id: userId, id }, lock: { mode: 'pessimistic_write' } });
    return row === null ? undefined : taskOf(row);
  }

  async lockOfGoal(userId: Uuid, goalId: Uuid): Promise<readonly Task[]> {
    const where = { user_id: userId, parent_goal_id: goalId };
    return (await this.database.manager().find(TaskRow, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } })).map(taskOf);
  }

  async findPage(userId: Uuid, { status, after, limit }: TaskFilter): Promise<readonly Task[]> {
    const query = this.database.manager().createQueryBuilder(TaskRow, 't').where('t.user_id = :userId', { userId });
    if (status !== undefined) query.andWhere('t.status = :status', { status });
    if (after !== undefined) query.andWhere('(t.created_at, t.id) < (:at, :id)', after);
    return (await query.orderBy('t.created_at', 'DESC').addOrderBy('t.id', 'DESC').limit(limit).getMany()).map(taskOf);
  }

  async findAll(userId: Uuid, ids: readonly Uuid[]): Promise<readonly Task[]> {
    return ids.length === 0 ? [] : (await this.database.manager().findBy(TaskRow, { user_id: userId, id: In([...ids]) })).map(taskOf);
  }

  async findAround(userId: Uuid, { date, until, limit }: TasksAround): Promise<{ tasks: readonly Task[]; open: number }> {
    const open = () => this.database.manager().createQueryBuilder(TaskRow, 't').where("t.user_id = :userId AND t.status = 'open' AND t.start_date <= :until", { userId, until });
    const once = () => open().andWhere('t.recurring_pattern IS NULL');
    const earliest = (query: SelectQueryBuilder<TaskRow>) => query.orderBy('t.start_date').addOrderBy('t.id').limit(limit).getMany();
    const [recurring, coming, passed, count] = await Promise.all([
      earliest(open().andWhere('t.recurring_pattern IS NOT NULL')),
      earliest(once().andWhere('t.start_date >= :date', { date })),
      once().andWhere('t.start_date < :date', { date }).orderBy('t.start_date', 'DESC').addOrderBy('t.id', 'DESC').limit(limit).getMany(),
      this.countOpen(userId, until),
    ]);
    return { tasks: [...recurring, ...coming, ...passed].map(taskOf), open: count };
  }

  async insert(userId: Uuid, task: Task): Promise<void> {
    await translated(() => this.database.manager().insert(TaskRow, { ...task, user_id: userId }));
  }

  async update(userId: Uuid, task: Task): Promise<void> {
    await translated(() => this.database.manager().update(TaskRow, { user_id: userId, id: task.id }, task));
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    await this.database.manager().delete(TaskRow, { user_id: userId, id });
  }

  /** Counted by the two indexes of open tasks. */
  private async countOpen(userId: Uuid, until: string): Promise<number> {
    const [row] = await this.database.manager().query<{ open: number }[]>(
      `SELECT (SELECT count(*) FROM tasks WHERE user_id = $1 AND status = 'open' AND recurring_pattern IS NULL AND start_date <= $2)
            + (SELECT count(*) FROM tasks WHERE user_id = $1 AND status = 'open' AND recurring_pattern IS NOT NULL AND start_date <= $2) AS open`,
      [userId, until],
    );
    return row?.open ?? 0;
  }
}

async function translated(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'tasks_pkey') throw new TaskExists();
    if (constraint?.includes('parent_goal_id') === true) throw new TaskGoalUnknown({ issues: [{ pointer: '/parent_goal_id', detail: 'There is no such goal.' }] });
    throw error;
  }
}

function taskOf({ user_id: _, ...task }: TaskRow): Task {
  return task;
}
