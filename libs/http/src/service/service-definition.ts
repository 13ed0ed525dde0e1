import type { DynamicModule, Type } from '@nestjs/common';
import type { ServiceManifest } from '@selfos/contracts';
import type { Clock } from '@selfos/kernel';
import type { Logger } from '@selfos/observability';
import type { FastifyInstance } from 'fastify';
import type { ServiceDirectory } from '../client/service-directory.js';
import type { Authenticator } from '../routing/authenticator.js';
import type { BodyShape } from '../routing/read-input.js';
import type { CoreParts } from './core.module.js';
import type { ServiceConfig } from './service-config.js';

/** What it takes to start a service; a module, a manifest and a configuration are enough. */
export interface ServiceDefinition {
  readonly manifest: ServiceManifest;
  /** The service's composition root. */
  readonly module: Type | DynamicModule;
  readonly config: ServiceConfig;
  /** Where other services are; from the configuration when absent. One object shared by all services of a process. */
  readonly directory?: ServiceDirectory;
  readonly logger?: Logger;
  /** Domain time; from the configuration when absent. */
  readonly clock?: Clock;
  /** Replaces the check of service tokens: the gateway's own. */
  readonly authenticator?: Authenticator;
  /** Which shape of bodies its own handlers take and give; `inner` unless it stands at the edge. */
  readonly shape?: BodyShape;
  readonly bodyLimit?: number;
  readonly maxKeys?: number;
  /** False keeps `/metrics` off the service's port: where anybody can reach it. */
  readonly showsMetrics?: boolean;
  /** Adds to the bare server before Nest does: hooks, raw routes. */
  readonly server?: (server: FastifyInstance, parts: CoreParts) => void | Promise<void>;
  /** Names of routes that `server` serves instead of a controller. */
  readonly served?: readonly string[];
}
