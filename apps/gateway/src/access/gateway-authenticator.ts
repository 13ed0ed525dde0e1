import { Authenticator, Forbidden, type Arrival, type Caller } from '@selfos/http';

/** Admits anyone to the gateway's own handlers, all of which are public; whatever is personal is forwarded and judged on that way. */
export class GatewayAuthenticator extends Authenticator {
  authenticate({ route }: Arrival): Promise<Caller> {
    if (route.audience.kind !== 'public') throw new Forbidden();
    return Promise.resolve({ permissions: [] });
  }
}
