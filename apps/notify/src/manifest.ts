import type { ServiceManifest } from '@selfos/contracts';

export const manifest: ServiceManifest = {
  name: 'notify',
  plane: 'clear',
  port: 8005,
  publishes: ['reminder.due', 'notification.delivered'],
  consumes: [
    'user.registered', 'user.updated', 'task.created', 'task.updated', 'task.completed', 'task.deleted', 'occurrence.completed', 'occurrence.reopened', 'goal.achieved', 'story.generated',
  ],
  calls: [],
  opens: [],
  databases: ['notify'],
  stores: [],
};
