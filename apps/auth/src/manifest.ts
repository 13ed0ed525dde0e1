import type { ServiceManifest } from '@selfos/contracts';

/** Who you are, what you may do, and your keys. */
export const manifest: ServiceManifest = {
  name: 'auth',
  plane: 'clear',
  port: 8002,
  publishes: ['user.registered', 'user.updated', 'session.revoked'],
  consumes: [],
  calls: [],
  opens: [],
  databases: ['auth', 'keys'],
  stores: [],
};
