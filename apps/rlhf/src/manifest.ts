import type { ServiceManifest } from '@selfos/contracts';

export const manifest: ServiceManifest = {
  name: 'rlhf',
  plane: 'clear',
  port: 8006,
  publishes: ['feedback.recorded'],
  consumes: [],
  calls: [],
  opens: [],
  databases: ['rlhf'],
  stores: [],
};
