import { defineError } from '@selfos/kernel';

export class GoalNotFound extends defineError('goals.goal.not-found', 'not-found', 'There is no such goal') {}
export class GoalExists extends defineError('goals.goal.exists', 'conflict', 'There is a goal with this id already') {}
export class GoalVersionMismatch extends defineError('goals.goal.version-mismatch', 'conflict', 'The goal has changed since you read it') {}
