import type { Route as RouteDefinition } from '@selfos/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './request-state.js';

export interface Arrival {
  readonly route: RouteDefinition;
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Says who calls and whether the route is for them. Throws Unauthenticated or Forbidden. */
export abstract class Authenticator {
  abstract authenticate(arrival: Arrival): Promise<Caller>;
}
