import type { ServiceManifest } from '@selfos/contracts';

export const manifest: ServiceManifest = {
  name: 'backend',
  plane: 'clear',
  port: 8000,
  publishes: [
    'task.created', 'task.updated', 'task.completed', 'task.deleted', 'occurrence.completed', 'occurrence.reopened', 'goal.created', 'goal.updated', 'goal.achieved', 'goal.deleted',
    'plan.applied', 'plan.undone', 'conversation.turn_completed', 'settings.changed',
  ],
  consumes: ['user.registered', 'user.updated'],
  calls: ['ai-engine'],
  opens: [],
  databases: ['backend'],
  stores: ['mongodb'],
};
