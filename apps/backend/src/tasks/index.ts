export { OccurrenceRepository } from './domain/occurrence/occurrence.repository.js';
export type { Occurrence } from './domain/occurrence/occurrence.js';
export { TaskBook } from './domain/task-book.js';
export { TaskRepository } from './domain/task/task.repository.js';
export { isRecurring, recurrenceOf, viewOf, type Task, type TaskDraft } from './domain/task/task.js';
