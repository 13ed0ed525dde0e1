import { Authenticator, type Arrival, type Caller } from '@selfos/http';
import type { People } from './people.js';

/** Admits clients to the gateway's own handlers, by the same rules as to every service behind it. */
export class GatewayAuthenticator extends Authenticator {
  constructor(private readonly people: People) {
    super();
  }

  authenticate(arrival: Arrival): Promise<Caller> {
    return this.people.callerOf(arrival.route, arrival.headers);
  }
}
