export { GoalBook } from './domain/goal-book.js';
export { GoalRepository } from './domain/goal/goal.repository.js';
export type { Goal, GoalDraft } from './domain/goal/goal.js';
