import type { ConfigSchema, Environment } from '@selfos/config';
import type { ServiceManifest } from '@selfos/contracts';
import type { ServiceDefinition } from '@selfos/http';

/** One service as this process needs it: what it is, what it can be configured with, and how it is made of an environment. */
export interface ServicePart {
  readonly manifest: ServiceManifest;
  readonly configSchema: ConfigSchema;
  define(env: Environment): ServiceDefinition | Promise<ServiceDefinition>;
}
