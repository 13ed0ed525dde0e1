import type { ServiceName } from '@selfos/contracts';
import { DomainError } from '@selfos/kernel';
import { BrokenCircuitError, ExponentialBackoff, SamplingBreaker, circuitBreaker, handleWhen, retry, wrap, type IPolicy } from 'cockatiel';
import { DeadlineExceeded, DependencyUnavailable } from '../problems/http.errors.js';
import { RetryBudget } from './retry-budget.js';

const RETRIES = 2;
const HALF_OPEN_AFTER_MS = 2_000;
/** Half of at least 20 calls in 10 seconds. */
const BREAKER = { threshold: 0.5, duration: 10_000, minimumRps: 2 } as const;

/** An answer that did not come within this time says something of the service; one that had less time says more of the caller. */
const FAIR_MS = 1_000;

const isUnavailable = (error: unknown): boolean => error instanceof DomainError && error.kind === 'unavailable';
/** What another attempt may mend: lateness leaves no time for one. */
const isPassing = (error: unknown): boolean => isUnavailable(error) && !(error instanceof DeadlineExceeded);

/** A failure whose blame was judged already: lateness of a call that had too little time. */
class TooHasty extends Error {
  constructor(readonly lateness: DeadlineExceeded) {
    super('the call had too little time');
  }
}

interface Policies {
  readonly breaker: IPolicy;
  readonly retried: IPolicy;
  readonly budget: RetryBudget;
}

/**
 * Keeps one failing or hanging dependency from holding up its callers: a breaker for each, and retries for calls that may be repeated,
 * as long as no more than one call in ten is one.
 */
export class Resilience {
  private readonly policies = new Map<ServiceName, Policies>();

  async run<T>(service: ServiceName, repeatable: boolean, work: () => Promise<T>): Promise<T> {
    const { breaker, retried, budget } = this.policyOf(service);
    budget.earn();
    try {
      return await (repeatable ? retried : breaker).execute(() => fairly(work));
    } catch (error) {
      if (error instanceof TooHasty) throw error.lateness;
      if (error instanceof BrokenCircuitError) throw new DependencyUnavailable({ detail: `${service} does not answer at present.` });
      throw error;
    }
  }

  private policyOf(service: ServiceName): Policies {
    const known = this.policies.get(service);
    if (known !== undefined) return known;
    const breaker = circuitBreaker(handleWhen(isUnavailable), { halfOpenAfter: HALF_OPEN_AFTER_MS, breaker: new SamplingBreaker(BREAKER) });
    const budget = new RetryBudget();
    const again = retry(handleWhen((error) => isPassing(error) && budget.allows), { maxAttempts: RETRIES, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) });
    again.onRetry(() => budget.spend());
    const made = { breaker, retried: wrap(again, breaker), budget };
    this.policies.set(service, made);
    return made;
  }
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
