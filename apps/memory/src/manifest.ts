import type { ServiceManifest } from '@selfos/contracts';

/** What this service is to the others. */
export const manifest: ServiceManifest = {
  name: 'memory',
  plane: 'ai',
  port: 8003,
  publishes: ['memory.recorded', 'memory.superseded', 'profile.updated'],
  consumes: ['plan.applied', 'plan.undone', 'settings.changed', 'user.erased'],
  calls: ['auth'],
  opens: ['memories', 'profile'],
  databases: ['memory'],
  stores: ['vectors'],
};
