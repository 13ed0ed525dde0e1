import { z } from 'zod';
import { contract } from '../contract.js';
import { instant } from '../fields.js';
import { anyone, route } from '../route.js';

const clockView = contract(z.object({ now: instant, offset_ms: z.int() }));

/** Domain time, for the demo and tests: exists only with SELFOS_TIME_TRAVEL=1, never in production. */
export const getClock = route({ name: 'getClock', summary: 'Domain time', method: 'GET', path: '/api/v1/clock', service: 'gateway', audience: anyone, response: clockView, status: 200 });
export const moveClock = route({
  name: 'moveClock', summary: 'Move domain time to at least this instant; it never goes back', method: 'POST', path: '/api/v1/clock', service: 'gateway', audience: anyone, body: contract(z.object({ to: instant })), response: clockView, status: 200, idempotency: { none: 'the clock is at least there, however often it is said' },
});
