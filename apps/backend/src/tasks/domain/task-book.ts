import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock, uuidv7, type Uuid } from '@selfos/kernel';
import { OccurrenceRepository } from './occurrence/occurrence.repository.js';
import type { Occurrence } from './occurrence/occurrence.js';
import { TaskNotOpen } from './task/task.errors.js';
import { TaskRepository } from './task/task.repository.js';
import { changed, isRecurring, newTask, stateOf, type Task, type TaskChange, type TaskDraft } from './task/task.js';

/** What completing a task did, so that it can be taken back exactly. */
export interface Completion {
  readonly occurrence: Occurrence;
  /** False when that day was completed before. */
  readonly isNew: boolean;
  /** Whether the task as a whole was closed by it. */
  readonly closed: boolean;
}

/**
 * Every change of tasks and of what was done, each with the event that tells of it. Works inside the caller's transaction.
 */
@Injectable()
export class TaskBook {
  constructor(
    private readonly tasks: TaskRepository,
    private readonly occurrences: OccurrenceRepository,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  async add(userId: Uuid, draft: TaskDraft, planId: Uuid | null): Promise<Task> {
    const task = newTask(draft, { planId, now: this.clock.now() });
    await this.tasks.insert(userId, task);
    await this.publisher.publish(events.taskCreated, { aggregateId: task.id, userId, data: stateOf(task) });
    return task;
  }

  async change(userId: Uuid, task: Task, change: TaskChange): Promise<Task> {
    const next = changed(task, change, this.clock.now());
    await this.tasks.update(userId, next);
    await this.publisher.publish(events.taskUpdated, { aggregateId: task.id, userId, data: stateOf(next) });
    return next;
  }

  /** Its tasks stay when a goal goes, as tasks without one. */
  async leaveGoal(userId: Uuid, goalId: Uuid): Promise<void> {
    for (const task of await this.tasks.lockOfGoal(userId, goalId)) await this.change(userId, task, { parent_goal_id: null });
  }

  async remove(userId: Uuid, task: Task): Promise<void> {
    await this.tasks.remove(userId, task.id);
    await this.publisher.publish(events.taskDeleted, { aggregateId: task.id, userId, data: { id: task.id, version: task.version + 1 } });
  }

  /** Done on that local date. A task that does not recur is done as a whole, and only once. Throws TaskNotOpen. */
  async complete(userId: Uuid, task: Task, done: { localDate: string; minutes?: number | undefined }): Promise<Completion> {
    const before = await this.completedBefore(userId, task, done.localDate);
    if (before !== undefined) return { occurrence: before, isNew: false, closed: await this.closedBy(userId, task) };
    if (task.status !== 'open') throw new TaskNotOpen();
    const now = this.clock.now();
    const occurrence: Occurrence = {
      id: uuidv7(now.getTime()), task_id: task.id, local_date: done.localDate, status: 'completed', completed_at: now.toISOString(), minutes: done.minutes ?? task.duration_minutes, version: 1,
    };
    await this.occurrences.insert(userId, occurrence);
    const { title, life_areas, timezone } = stateOf(task);
    await this.publisher.publish(events.occurrenceCompleted, { aggregateId: occurrence.id, userId, data: { ...occurrence, title, life_areas, timezone } });
    return { occurrence, isNew: true, closed: await this.closedBy(userId, task) };
  }

  /** Takes a completion back: the occurrence goes, and a task that was closed by it and still is, is open again. */
  async reopen(userId: Uuid, occurrence: Occurrence, closed: boolean): Promise<void> {
    await this.occurrences.remove(userId, occurrence.id);
    const { id, task_id, local_date, version } = occurrence;
    await this.publisher.publish(events.occurrenceReopened, { aggregateId: id, userId, data: { id, task_id, local_date, version: version + 1 } });
    const task = closed ? await this.tasks.lockIfThere(userId, task_id) : undefined;
    if (task?.status === 'completed') await this.change(userId, task, { status: 'open' });
  }

  private async completedBefore(userId: Uuid, task: Task, localDate: string): Promise<Occurrence | undefined> {
    // A task that recurred once has done days behind it: they do not make it done.
    if (isRecurring(task) || task.status !== 'completed') return this.occurrences.findOn(userId, task.id, localDate);
    const [only] = await this.occurrences.findPage(userId, { taskId: task.id, limit: 1 });
    return only;
  }

  private async closedBy(userId: Uuid, task: Task): Promise<boolean> {
    if (isRecurring(task) || task.status !== 'open') return false;
    const next = changed(task, { status: 'completed' }, this.clock.now());
    await this.tasks.update(userId, next);
    await this.publisher.publish(events.taskCompleted, { aggregateId: task.id, userId, data: stateOf(next) });
    return true;
  }
}
