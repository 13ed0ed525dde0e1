import type { Uuid } from '@selfos/kernel';
import { TaskExists, TaskNotFound } from '../../domain/task/task.errors.js';
import { TaskRepository, type TaskFilter, type TasksAround } from '../../domain/task/task.repository.js';
import type { Task } from '../../domain/task/task.js';

export class InMemoryTaskRepository extends TaskRepository {
  private readonly tasks = new Map<string, Task>();

  async find(userId: Uuid, id: Uuid): Promise<Task | undefined> {
    return structuredClone(this.tasks.get(`${userId} ${id}`));
  }

  async lock(userId: Uuid, id: Uuid): Promise<Task> {
    const task = await this.find(userId, id);
    if (task === undefined) throw new TaskNotFound();
    return task;
  }

  async lockIfThere(userId: Uuid, id: Uuid): Promise<Task | undefined> {
    return this.find(userId, id);
  }

  async lockOfGoal(userId: Uuid, goalId: Uuid): Promise<readonly Task[]> {
    return this.of(userId).filter((task) => task.parent_goal_id === goalId);
  }

  async findPage(userId: Uuid, { status, after, limit }: TaskFilter): Promise<readonly Task[]> {
    const place = (task: Task) => `${task.created_at} ${task.id}`;
    return this.of(userId)
      .filter((task) => (status === undefined || task.status === status) && (after === undefined || place(task) < `${after.at} ${after.id}`))
      .toSorted((a, b) => (place(a) < place(b) ? 1 : -1))
      .slice(0, limit);
  }

  async findAll(userId: Uuid, ids: readonly Uuid[]): Promise<readonly Task[]> {
    return this.of(userId).filter(({ id }) => ids.includes(id));
  }

  async findAround(userId: Uuid, { date, until, limit }: TasksAround): Promise<{ tasks: readonly Task[]; open: number }> {
    const open = this.of(userId).filter((task) => task.status === 'open' && task.start_date <= until).toSorted((a, b) => (`${a.start_date} ${a.id}` < `${b.start_date} ${b.id}` ? -1 : 1));
    const once = open.filter((task) => task.recurring_pattern === null);
    const recurring = open.filter((task) => task.recurring_pattern !== null);
    const [passed, coming] = [once.filter((task) => task.start_date < date).toReversed(), once.filter((task) => task.start_date >= date)];
    return { tasks: [recurring, coming, passed].flatMap((kind) => kind.slice(0, limit)), open: open.length };
  }

  async insert(userId: Uuid, task: Task): Promise<void> {
    if (this.tasks.has(`${userId} ${task.id}`)) throw new TaskExists();
    await this.update(userId, task);
  }

  async update(userId: Uuid, task: Task): Promise<void> {
    this.tasks.set(`${userId} ${task.id}`, structuredClone(task));
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    this.tasks.delete(`${userId} ${id}`);
  }

  private of(userId: Uuid): Task[] {
    return [...this.tasks].filter(([key]) => key.startsWith(userId)).map(([, task]) => structuredClone(task));
  }
}
