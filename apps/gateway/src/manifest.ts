import { DOMAINS, type ServiceManifest } from '@selfos/contracts';

/** The edge: who may pass and where to; in `edge` mode it seals what comes in and opens what goes out. */
export const manifest: ServiceManifest = {
  name: 'gateway',
  plane: 'edge',
  port: 8080,
  publishes: [],
  consumes: [],
  calls: ['auth', 'backend', 'ai-engine', 'memory', 'story-engine', 'notify', 'rlhf'],
  opens: [...DOMAINS],
  databases: [],
  stores: [],
};
