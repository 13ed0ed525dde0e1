import { priorityOf, routes, type Priority, type Route } from '@selfos/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Overloaded } from '../problems/http.errors.js';
import { sendProblem } from '../problems/problem.filter.js';
import { acceptsEvents } from '../routing/read-input.js';

export interface SheddingLimits {
  /** Delay of the event loop, 99th percentile of half a second twice in a row, above which `low` is refused; 0: not looked at. */
  readonly loopDelayMs: number;
  /** Requests under way at which `normal` is refused; `low` at half of it. Live answers do not count: they mostly wait. */
  readonly inFlight: number;
}

/** Each tick wakes an idle process: finer ones would be most of what it does. A loop that is late is taken for less late by as much. */
const RESOLUTION_MS = 50;
const WINDOW_MS = 500;
/** How much worse than for `low` it has to be until `normal` is refused too. */
const WORSE = { loopDelay: 3, inFlight: 2 } as const;
const RETRY_AFTER = { low: '5', normal: '2' } as const;

/** Tells how late the event loop is. One long pause (a collection of garbage) is none: two windows in a row have to say so. */
export class LoopDelay {
  private readonly histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly timer: NodeJS.Timeout;
  private last = 0;
  private before = 0;

  constructor() {
    this.histogram.enable();
    this.timer = setInterval(() => this.look(), WINDOW_MS).unref();
  }

  get ms(): number {
    return Math.min(this.last, this.before);
  }

  stop(): void {
    clearInterval(this.timer);
    this.histogram.disable();
  }

  private look(): void {
    this.before = this.last;
    this.last = Math.max(0, this.histogram.percentile(99) / 1e6 - RESOLUTION_MS);
    this.histogram.reset();
  }
}

/**
 * Refuses requests when there is more to do than can be done, before anything is begun: answers and stories first, then other data;
 * what is `vital` (signing out) and what is no route of the contracts (health, metrics) never.
 */
export class LoadShedding {
  private underWay = 0;

  constructor(
    private readonly limits: SheddingLimits,
    private readonly delay: { readonly ms: number },
  ) {}

  /** @throws Overloaded when a request of this priority is one too many */
  admit(priority: Priority): void {
    if (priority === 'vital') return;
    const { loopDelayMs, inFlight } = this.limits;
    const low = priority === 'low';
    const late = loopDelayMs > 0 && this.delay.ms > loopDelayMs * (low ? 1 : WORSE.loopDelay);
    const full = this.underWay >= inFlight / (low ? WORSE.inFlight : 1);
    if (late || full) throw new Overloaded(RETRY_AFTER[priority]);
  }

  /** Counts a request; the returned function ends it. */
  enter(): () => void {
    this.underWay += 1;
    return () => {
      this.underWay -= 1;
    };
  }
}

const ENDS: ReadonlyMap<string, Route> = new Map(Object.values<Route>(routes).map((route) => [`${route.method} ${route.path}`, route]));

/** Guards every route of the contracts that `server` serves. Before bodies are read, after the hooks that every answer has to pass. */
export function shedLoad(server: FastifyInstance, limits: SheddingLimits): void {
  const delay = limits.loopDelayMs > 0 ? new LoopDelay() : undefined;
  const shedding = new LoadShedding(limits, delay ?? { ms: 0 });
  server.addHook('onClose', () => Promise.resolve(delay?.stop()));
  server.addHook('preParsing', async (request, reply) => {
    const route = routeAt(request);
    if (route === undefined) return undefined;
    try {
      shedding.admit(priorityOf(route));
    } catch (error) {
      sendProblem(error, { request, reply });
      return undefined;
    }
    if (route.stream !== true || !acceptsEvents(request.headers.accept)) reply.raw.once('close', shedding.enter());
    return undefined;
  });
}

function routeAt(request: FastifyRequest): Route | undefined {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  return ENDS.get(`${method} ${request.routeOptions.url ?? ''}`);
}
