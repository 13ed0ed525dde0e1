import { Module, type DynamicModule, type InjectionToken, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { KeyFolder } from '@selfos/crypto';
import { Clock } from '@selfos/kernel';
import { Logger, Metrics, Tracer } from '@selfos/observability';
import { InternalClient } from '../client/internal-client.js';
import type { Resilience } from '../client/resilience.js';
import { ServiceDirectory } from '../client/service-directory.js';
import { IdempotencyStore } from '../idempotency/idempotency-store.js';
import { InMemoryIdempotencyStore } from '../idempotency/in-memory-idempotency-store.js';
import { RequestOnce } from '../idempotency/request-once.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import { Authenticator } from '../routing/authenticator.js';
import type { BodyShape } from '../routing/read-input.js';
import { RouteGuard } from '../routing/route.guard.js';
import { RouteInterceptor } from '../routing/route.interceptor.js';
import { ServiceTokens } from '../tokens/service-tokens.js';
import type { Draining } from './draining.js';
import { Readiness } from './readiness.js';
import { ServiceIdentity } from './service-identity.js';

/** What every service has at hand, made before its modules. */
export interface CoreParts {
  readonly identity: ServiceIdentity;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly clock: Clock;
  readonly keys: KeyFolder;
  readonly tokens: ServiceTokens;
  readonly directory: ServiceDirectory;
  readonly client: InternalClient;
  /** Limits of the services it calls. */
  readonly resilience: Resilience;
  readonly readiness: Readiness;
  readonly draining: Draining;
  readonly authenticator: Authenticator;
  readonly shape: BodyShape;
}

/** Gives every module of a service its logger, metrics, tracer, clock and client, and closes every handler without a route. */
@Module({})
export class CoreModule {
  static with(parts: CoreParts): DynamicModule {
    const values: readonly (readonly [InjectionToken, unknown])[] = [
      [ServiceIdentity, parts.identity],
      [Logger, parts.logger],
      [Metrics, parts.metrics],
      [Tracer, parts.tracer],
      [Clock, parts.clock],
      [KeyFolder, parts.keys],
      [ServiceTokens, parts.tokens],
      [ServiceDirectory, parts.directory],
      [InternalClient, parts.client],
      [Readiness, parts.readiness],
      [Authenticator, parts.authenticator],
    ];
    const shared: Provider[] = values.map(([provide, useValue]) => ({ provide, useValue }));
    return { module: CoreModule, global: true, imports: [DiscoveryModule], providers: [...shared, ...pipeline(parts)], exports: [...values.map(([token]) => token), RequestOnce] };
  }
}

function pipeline(parts: CoreParts): Provider[] {
  const once = (store: IdempotencyStore | undefined): RequestOnce => {
    if (store === undefined && parts.identity.manifest.databases.length > 0) throw new Error('a service with a database must keep the claims of repeated requests in it');
    return new RequestOnce(store ?? new InMemoryIdempotencyStore());
  };
  return [
    { provide: RequestOnce, useFactory: once, inject: [{ token: IdempotencyStore, optional: true }] },
    { provide: APP_FILTER, useFactory: () => new ProblemFilter(parts.logger) },
    { provide: APP_GUARD, useFactory: () => new RouteGuard(parts.authenticator) },
    { provide: APP_INTERCEPTOR, useFactory: (requestOnce: RequestOnce) => new RouteInterceptor({ tracer: parts.tracer, logger: parts.logger, once: requestOnce, shape: parts.shape }), inject: [RequestOnce] },
  ];
}
