import { createHash } from 'node:crypto';
import { KeyReused, StillRunning } from '../problems/http.errors.js';
import { invalidRequest } from '../problems/problem.js';
import { ServerSentEvents } from '../streaming/server-sent-events.js';
import { currentClaim, runWithClaim, type OpenClaim } from './current-claim.js';
import { IdempotencyStore, type RequestClaim, type StoredAnswer } from './idempotency-store.js';

export const IDEMPOTENCY_HEADER = 'idempotency-key';
/** HMAC of the plain body, given by the gateway when it sealed the body itself: sealing is randomised, its bytes differ each time. */
export const FINGERPRINT_HEADER = 'x-selfos-fingerprint';
const KEY = /^[\x21-\x7e]{1,255}$/;

export interface OnceAnswer extends StoredAnswer {
  readonly replayed: boolean;
}

/** Runs requests at most once by their claim: replays what is done, refuses what is running or not the same. */
export class RequestOnce {
  constructor(private readonly store: IdempotencyStore) {}

  /**
   * `transaction`: effect and answer commit together here. `self`: the use case completes the claim in its own transaction; an
   * answer that streams gives the slot back at its end unless the use case has completed it by then.
   */
  async run(claim: RequestClaim, mode: 'transaction' | 'self', work: () => Promise<StoredAnswer>): Promise<OnceAnswer> {
    const outcome = await this.store.begin(claim);
    if (outcome.state === 'running') throw new StillRunning();
    if (outcome.state === 'mismatch') throw new KeyReused();
    if (outcome.state === 'done') return { ...outcome.answer, replayed: true };
    const open: OpenClaim = { claim, completed: false };
    try {
      const answer = await runWithClaim(open, () => (mode === 'self' ? work() : this.together(claim, work)));
      if (answer.body instanceof ServerSentEvents) return { ...answer, body: answer.body.followedBy(() => this.store.release(claim)), replayed: false };
      if (mode === 'self' && !open.completed) await this.store.complete(claim, answer);
      return { ...answer, replayed: false };
    } catch (error) {
      // The failure is what the caller has to know; a claim that cannot be given back ends with its lease.
      await this.store.release(claim).catch(() => undefined);
      throw error;
    }
  }

  /** Called by a use case of a `self` route inside its transaction, with the answer that a repetition shall get. */
  async completeOwn(answer: StoredAnswer): Promise<void> {
    const open = currentClaim();
    if (open === undefined) return;
    await this.store.complete(open.claim, answer);
    open.completed = true;
  }

  private together(claim: RequestClaim, work: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
    return this.store.atomically(async () => {
      const answer = await work();
      await this.store.complete(claim, answer);
      return answer;
    });
  }
}

/** The request's key, checked; undefined when the client sent none. */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !KEY.test(header)) {
    throw invalidRequest([{ pointer: '/headers/idempotency-key', detail: 'One key of 1 to 255 visible ASCII characters.' }]);
  }
  return header;
}

/** SHA-256 of method, path and body, as 64 hex digits. */
export function fingerprintOf(method: string, path: string, body: unknown): string {
  return createHash('sha256').update(`${method}\n${path}\n${JSON.stringify(body) ?? ''}`).digest('hex');
}
