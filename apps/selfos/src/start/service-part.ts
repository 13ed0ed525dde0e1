import type { ConfigSchema, Environment } from '@selfos/config';
import type { ServiceManifest } from '@selfos/contracts';
import type { ServiceDefinition } from '@selfos/http';

/** Which adapter a port of the architecture got in this run, and why. */
export interface ChosenAdapter {
  readonly port: string;
  readonly adapter: string;
  readonly why: string;
}

/** One service as this process needs it: what it is, what it can be configured with, and how it is made of an environment. */
export interface ServicePart {
  readonly manifest: ServiceManifest;
  readonly configSchema: ConfigSchema;
  /** What the service itself says of its ports; where it does, the general report keeps quiet. */
  adapters?(env: Environment): readonly ChosenAdapter[];
  define(env: Environment): ServiceDefinition | Promise<ServiceDefinition>;
}
