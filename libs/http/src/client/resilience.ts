import type { ServiceName } from '@selfos/contracts';
import { DomainError } from '@selfos/kernel';
import { BrokenCircuitError, BulkheadRejectedError, ExponentialBackoff, bulkhead, circuitBreaker, handleWhen, retry, wrap, type IPolicy } from 'cockatiel';
import { DeadlineExceeded, DependencyUnavailable, NoSignOfLife, Overloaded } from '../problems/http.errors.js';
import { RowOrShareBreaker } from './breaker.js';
import { SERVICE_LIMITS, type ServiceLimits } from './dependency-limits.js';
import { RetryBudget } from './retry-budget.js';
import { SignsOfLife, type Watch } from './signs-of-life.js';

/** An answer that did not come within this time says something of the service; one that had less time says more of the caller. */
const FAIR_MS = 1_000;
/** A service that sheds load lives: it wants fewer calls, not the end of all. */
const OVERLOADED = Overloaded.code;

const isUnavailable = (error: unknown): boolean => error instanceof DomainError && error.kind === 'unavailable' && error.code !== OVERLOADED;
/** What another attempt may mend: lateness leaves no time for one, and a service that hangs would hang again. */
const isPassing = (error: unknown): boolean => isUnavailable(error) && !(error instanceof DeadlineExceeded) && !(error instanceof NoSignOfLife);

/** A failure whose blame was judged already: lateness of a call that had too little time. */
class TooHasty extends Error {
  constructor(readonly lateness: DeadlineExceeded) {
    super('the call had too little time');
  }
}

interface Guard {
  readonly policy: IPolicy;
  readonly budget: RetryBudget;
  /** Failures of calls that must not be repeated. */
  readonly final: WeakSet<object>;
}

/**
 * Keeps one failing or hanging service from holding up its callers, by the limits of each: so many calls at once, none while its breaker
 * is open, and retries, as long as no more than one call in ten is one. What never reached the service may always be retried.
 */
export class Resilience {
  private readonly guards = new Map<ServiceName, Guard>();
  private readonly life = new SignsOfLife();

  constructor(private readonly limits: Readonly<Record<ServiceName, ServiceLimits>> = SERVICE_LIMITS) {}

  limitsOf(service: ServiceName): ServiceLimits {
    return this.limits[service];
  }

  async run<T>(service: ServiceName, repeatable: boolean | (() => boolean), work: () => Promise<T>): Promise<T> {
    const { policy, budget, final } = this.guardOf(service);
    budget.earn();
    try {
      return await policy.execute(() => fairly(work).catch((error: unknown) => {
        const again = typeof repeatable === 'boolean' ? repeatable : repeatable();
        if (!again && !neverArrived(error) && error instanceof Error) final.add(error);
        throw error;
      }));
    } catch (error) {
      if (error instanceof TooHasty) throw error.lateness;
      if (error instanceof BrokenCircuitError) throw new DependencyUnavailable({ detail: `${service} does not answer at present.` });
      if (error instanceof BulkheadRejectedError) throw new DependencyUnavailable({ detail: `Too many wait for ${service} already.` });
      throw error;
    }
  }

  /** Looks after one call while it waits; its `stop` has to be called. */
  watch(service: ServiceName, origin: string): Watch {
    return this.life.watch(origin, this.limits[service]);
  }

  async close(): Promise<void> {
    await this.life.close();
  }

  private guardOf(service: ServiceName): Guard {
    const known = this.guards.get(service);
    if (known !== undefined) return known;
    const limits = this.limits[service];
    const rest = new ExponentialBackoff({ initialDelay: limits.breaker.restMs, maxDelay: limits.breaker.longestRestMs });
    const breaker = circuitBreaker(handleWhen(isUnavailable), { halfOpenAfter: rest, breaker: new RowOrShareBreaker(limits.breaker) });
    const budget = new RetryBudget();
    const final = new WeakSet<object>();
    const may = (error: unknown): boolean => isPassing(error) && !(error instanceof Error && final.has(error)) && budget.allows;
    const again = retry(handleWhen(may), { maxAttempts: limits.retries, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) });
    again.onRetry(() => budget.spend());
    const made = { policy: wrap(again, bulkhead(limits.bulkhead.running, limits.bulkhead.waiting), breaker), budget, final };
    this.guards.set(service, made);
    return made;
  }
}

const NEVER_ARRIVED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** Whether there was no connection to send the call on. */
function neverArrived(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && NEVER_ARRIVED.includes(cause.code);
}

async function fairly<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } catch (error) {
    if (error instanceof DeadlineExceeded && performance.now() - begun < FAIR_MS) throw new TooHasty(error);
    throw error;
  }
}
