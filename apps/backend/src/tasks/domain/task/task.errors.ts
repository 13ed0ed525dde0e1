import { defineError } from '@selfos/kernel';

export class TaskNotFound extends defineError('tasks.task.not-found', 'not-found', 'There is no such task') {}
export class TaskExists extends defineError('tasks.task.exists', 'conflict', 'There is a task with this id already') {}
export class TaskVersionMismatch extends defineError('tasks.task.version-mismatch', 'conflict', 'The task has changed since you read it') {}
export class TaskNotOpen extends defineError('tasks.task.not-open', 'conflict', 'This task is not open') {}
export class TaskGoalUnknown extends defineError('tasks.task.goal-unknown', 'invalid', 'The goal of this task does not exist') {}
export class OccurrenceInFuture extends defineError('tasks.occurrence.in-future', 'invalid', 'A task cannot be completed before its day has come') {}
