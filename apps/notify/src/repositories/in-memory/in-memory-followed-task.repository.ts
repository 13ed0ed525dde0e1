import type { FollowedTask } from '../../domain/reminders/followed-task.js';
import { FollowedTaskRepository } from '../../domain/reminders/followed-task.repository.js';

interface Occurrence {
  readonly userId: string;
  readonly taskId: string;
  readonly localDate: string;
  readonly seq: number;
  readonly done: boolean;
}

/** For specs. */
export class InMemoryFollowedTaskRepository extends FollowedTaskRepository {
  private readonly tasks = new Map<string, FollowedTask>();
  private readonly occurrences = new Map<string, Occurrence>();

  async findLocked(userId: string, taskId: string): Promise<FollowedTask | undefined> {
    return this.tasks.get(`${userId}/${taskId}`);
  }

  async save(task: FollowedTask): Promise<void> {
    this.tasks.set(`${task.userId}/${task.taskId}`, task);
  }

  async saveOccurrence(userId: string, occurrence: Omit<Occurrence, 'userId'>): Promise<boolean> {
    const key = `${userId}/${occurrence.taskId}/${occurrence.localDate}`;
    const known = this.occurrences.get(key);
    if (known !== undefined && known.seq >= occurrence.seq) return false;
    this.occurrences.set(key, { ...occurrence, userId });
    return true;
  }

  async doneDates(userId: string, taskId: string, from: string): Promise<ReadonlySet<string>> {
    const done = [...this.occurrences.values()].filter((one) => one.userId === userId && one.taskId === taskId && one.done && one.localDate >= from);
    return new Set(done.map((one) => one.localDate));
  }
}
