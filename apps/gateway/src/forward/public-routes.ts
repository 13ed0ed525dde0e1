import { routes, type Route } from '@selfos/contracts';

/** How a request to a route travels: `pass` unparsed, `edge` sealed and opened here, `guard` checked to be sealed and then unchanged. */
export type Way = 'pass' | 'edge' | 'guard';

/** Every endpoint that other services offer to clients. Internal ones do not exist out here. */
export function forwardedRoutes(): Route[] {
  return Object.values<Route>(routes).filter((route) => route.service !== 'gateway' && route.audience.kind !== 'internal');
}

/** Chosen by contract and policy: only bodies that hold sealed fields are worth reading. */
export function wayOf(route: Route, policy: 'edge' | 'required'): Way {
  const bodySealed = route.body?.sealed === true;
  const answerSealed = route.response?.sealed === true;
  if (policy === 'required') return bodySealed ? 'guard' : 'pass';
  return bodySealed || answerSealed ? 'edge' : 'pass';
}
