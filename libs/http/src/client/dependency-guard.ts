import { DomainError } from '@selfos/kernel';
import { currentContext } from '@selfos/observability';
import { BrokenCircuitError, BulkheadRejectedError, CircuitState, ExponentialBackoff, bulkhead, circuitBreaker, handleWhen, noop, retry, wrap, type CircuitBreakerPolicy, type IPolicy } from 'cockatiel';
import { DeadlineExceeded, NoSignOfLife, Overloaded } from '../problems/http.errors.js';
import { RowOrShareBreaker } from './breaker.js';
import type { BreakerLimits, DependencyLimits } from './dependency-limits.js';
import { RemoteProblem } from './remote-problem.js';
import { RetryBudget } from './retry-budget.js';
import { AsyncLocalStorage } from 'node:async_hooks';

/** An answer that did not come within this time says something of the dependency; one that had less time says more of the caller. */
const FAIR_MS = 1_000;
/** One that sheds load wants fewer calls: no repetitions of those it refused. */
const OVERLOADED = Overloaded.code;

const isUnavailable = (error: unknown): boolean => error instanceof DomainError && error.kind === 'unavailable';
/** A service that says itself what it cannot do is no outage: what it lacks may be another's fault, and the rest of it works. */
const isOutage = (error: unknown): boolean => isUnavailable(error) && !(error instanceof RemoteProblem && error.isItsOwn);
/** What another attempt may mend: lateness leaves no time for one, and a service that hangs would hang again. */
const isPassing = (error: unknown): boolean =>
  isUnavailable(error) && !(error instanceof DeadlineExceeded) && !(error instanceof NoSignOfLife) && !(error instanceof DomainError && error.code === OVERLOADED);

/** Seconds after which there may be room again where too many wait already. */
const FULL_RETRY_AFTER = '2';
const REFUSED = 'It does not answer at present.';

/** A failure whose blame was judged already: lateness of a call that had too little time. */
class TooHasty extends Error {
  constructor(readonly lateness: DeadlineExceeded) {
    super('the call had too little time');
  }
}

/**
 * Keeps one dependency that fails or hangs from holding up its callers: so many calls at once, none while the breaker is open, and
 * retries, as long as no more than one call in ten is one. What never reached it may always be retried. Failures of kind `unavailable`
 * count as its own, but for what a service says itself; whoever calls ends each call in time, and waits for room no longer than its
 * deadline.
 */
export class DependencyGuard {
  private readonly policy: IPolicy;
  private readonly circuit: CircuitBreakerPolicy | undefined;
  private readonly budget = new RetryBudget();
  /** Failures of calls that must not be repeated. */
  private readonly final = new WeakSet<object>();

  /** `refuse` makes the error of a call that is not even tried. */
  constructor(
    limits: DependencyLimits,
    private readonly refuse: (detail: string) => Error,
  ) {
    const may = (error: unknown): boolean => isPassing(error) && !(error instanceof Error && this.final.has(error)) && this.budget.allows;
    const again = retry(handleWhen(may), { maxAttempts: limits.retries, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 }) });
    again.onRetry(() => this.budget.spend());
    const room = limits.bulkhead === undefined ? noop : bulkhead(limits.bulkhead.running, limits.bulkhead.waiting);
    this.circuit = limits.breaker && breakerOf(limits.breaker);
    this.policy = wrap(again, room, this.circuit ?? noop);
  }

  /** `repeatable`: the call changes nothing, or nothing twice. */
  async run<T>(repeatable: boolean | (() => boolean), work: () => Promise<T>): Promise<T> {
    // One call tries again for all; the others would wait as long as it does.
    if (this.circuit?.state === CircuitState.HalfOpen) throw this.refuse(REFUSED);
    this.budget.earn();
    // Whoever had to wait is let in by the end of another's call, and would run in that one's call context: as another person.
    const inOwnContext = AsyncLocalStorage.snapshot();
    const queue = new Queue(currentContext()?.deadline);
    try {
      return await queue.wait(this.policy.execute(() => inOwnContext(() => queue.leave(() => this.attempt(repeatable, work)))));
    } catch (error) {
      if (error instanceof TooHasty) throw error.lateness;
      if (error instanceof BrokenCircuitError) throw this.refuse(REFUSED);
      if (error instanceof BulkheadRejectedError) throw new Overloaded(FULL_RETRY_AFTER);
      throw error;
    }
  }

  private async attempt<T>(repeatable: boolean | (() => boolean), work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    try {
      return await work();
    } catch (error) {
      if (error instanceof DeadlineExceeded && performance.now() - begun < FAIR_MS) throw new TooHasty(error);
      const again = typeof repeatable === 'boolean' ? repeatable : repeatable();
      if (!again && !neverArrived(error) && error instanceof Error) this.final.add(error);
      throw error;
    }
  }
}

/** One caller's place among those who wait for room. */
class Queue {
  private waiting = true;
  private late = false;

  constructor(private readonly deadline: number | undefined) {}

  /** @throws DeadlineExceeded when the deadline comes while the call still waits */
  async wait<T>(call: Promise<T>): Promise<T> {
    if (this.deadline === undefined) return call;
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.late = this.waiting;
      if (this.late) reject(new DeadlineExceeded());
    }, Math.max(0, this.deadline - Date.now()));
    return Promise.race([call, promise]).finally(() => clearTimeout(timer));
  }

  /** Its turn has come; a call that nobody waits for any more is not made. */
  async leave<T>(work: () => Promise<T>): Promise<T> {
    if (this.late) throw new TooHasty(new DeadlineExceeded());
    this.waiting = false;
    return work().finally(() => {
      this.waiting = true;
    });
  }
}

function breakerOf(limits: BreakerLimits): CircuitBreakerPolicy {
  const rest = new ExponentialBackoff({ initialDelay: limits.restMs, maxDelay: limits.longestRestMs });
  return circuitBreaker(handleWhen(isOutage), { halfOpenAfter: rest, breaker: new RowOrShareBreaker(limits) });
}

const NEVER_ARRIVED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** Whether there was no connection to send the call on. */
function neverArrived(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && NEVER_ARRIVED.includes(cause.code);
}
