import type { ServiceName } from '@selfos/contracts';
import { DomainError } from '@selfos/kernel';
import { BrokenCircuitError, ExponentialBackoff, SamplingBreaker, circuitBreaker, handleWhen, retry, wrap, type IPolicy } from 'cockatiel';
import { DeadlineExceeded, DependencyUnavailable } from '../problems/http.errors.js';

const RETRIES = 2;
const HALF_OPEN_AFTER_MS = 2_000;
/** Half of at least 20 calls in 10 seconds. */
const BREAKER = { threshold: 0.5, duration: 10_000, minimumRps: 2 } as const;

const isOutage = (error: unknown): boolean => error instanceof DomainError && error.kind === 'unavailable' && !(error instanceof DeadlineExceeded);

/** Keeps one failing dependency from holding up its callers: a breaker for each, and retries for calls that may be repeated. */
export class Resilience {
  private readonly policies = new Map<ServiceName, { readonly once: IPolicy; readonly retried: IPolicy }>();

  async run<T>(service: ServiceName, repeatable: boolean, work: () => Promise<T>): Promise<T> {
    const { once, retried } = this.policyOf(service);
    try {
      return await (repeatable ? retried : once).execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new DependencyUnavailable({ detail: `${service} does not answer at present.` });
      throw error;
    }
  }

  private policyOf(service: ServiceName): { readonly once: IPolicy; readonly retried: IPolicy } {
    const known = this.policies.get(service);
    if (known !== undefined) return known;
    const breaker = circuitBreaker(handleWhen(isOutage), { halfOpenAfter: HALF_OPEN_AFTER_MS, breaker: new SamplingBreaker(BREAKER) });
    const again = retry(handleWhen(isOutage), { maxAttempts: RETRIES, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) });
    const made = { once: breaker, retried: wrap(again, breaker) };
    this.policies.set(service, made);
    return made;
  }
}
