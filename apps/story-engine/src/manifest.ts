import type { ServiceManifest } from '@selfos/contracts';

export const manifest: ServiceManifest = {
  name: 'story-engine',
  plane: 'ai',
  port: 8004,
  publishes: ['story.generated', 'story.failed'],
  consumes: [
    'user.registered', 'user.updated', 'user.erased', 'occurrence.completed', 'occurrence.reopened', 'goal.created', 'goal.updated', 'goal.achieved', 'goal.deleted', 'media.uploaded',
  ],
  calls: ['ai-engine', 'auth'],
  opens: ['stories', 'media'],
  databases: ['story'],
  stores: ['blobs'],
};
