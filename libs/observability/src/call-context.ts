import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** What set this piece of work going: a request, an event, a job or the system itself; `id` names which one. */
export interface Cause {
  readonly kind: 'request' | 'event' | 'job' | 'system';
  readonly id: string;
}

/** On whose behalf, in which trace and until when the current work runs. It follows every `await`. */
export interface CallContext {
  /** 32 lower-case hex digits (W3C Trace Context). */
  readonly traceId: string;
  /** The current span, 16 lower-case hex digits; absent outside any span. */
  readonly spanId?: string;
  /** The person this work is for: row-level security is set from it. */
  readonly userId?: string;
  /** The transaction token the gateway minted for this person; passed on to other services. */
  readonly userToken?: string;
  /** Epoch milliseconds, real time: after it nobody waits for the answer. */
  readonly deadline?: number;
  readonly cause: Cause;
}

const storage = new AsyncLocalStorage<CallContext>();

/** Runs `work` with `context` as its current context, and returns what it returns. */
export function runInContext<T>(context: CallContext, work: () => T): T {
  return storage.run(context, work);
}

/** The context of the current work, or undefined outside any. */
export function currentContext(): CallContext | undefined {
  return storage.getStore();
}

/** A new context in a new trace, for work that nobody else began. */
export function rootContext(cause: Cause, more: Partial<Omit<CallContext, 'cause'>> = {}): CallContext {
  return { ...more, traceId: more.traceId ?? randomBytes(16).toString('hex'), cause };
}
