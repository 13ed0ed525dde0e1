import type { ServiceManifest } from '@selfos/contracts';

/** What this service is to the others. */
export const manifest: ServiceManifest = {
  name: 'ai-engine',
  plane: 'ai',
  port: 8001,
  publishes: ['ai.response_generated'],
  consumes: ['conversation.turn_completed', 'occurrence.completed', 'occurrence.reopened', 'task.deleted', 'goal.achieved', 'settings.changed', 'user.erased'],
  calls: ['memory', 'auth'],
  opens: ['conversations', 'memories', 'profile', 'tasks', 'goals', 'stories'],
  databases: ['ai'],
  stores: [],
};
