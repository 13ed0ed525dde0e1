export { OccurrenceRepository } from './domain/occurrence/occurrence.repository.js';
export type { Occurrence } from './domain/occurrence/occurrence.js';
export { TaskBook } from './domain/task-book.js';
export { TaskRepository } from './domain/task/task.repository.js';
export { isRecurring, newTask, recurrenceOf, viewOf, type Task, type TaskDraft, type TaskStatus, type TaskView } from './domain/task/task.js';
export { InMemoryOccurrenceRepository } from './repositories/in-memory/in-memory-occurrence-repository.js';
export { InMemoryTaskRepository } from './repositories/in-memory/in-memory-task-repository.js';
