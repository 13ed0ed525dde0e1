/** One repeated request: the same person, route and key claim the same slot. */
export interface RequestClaim {
  /** `request:<route name>`. */
  readonly scope: string;
  /** `<user id>:<Idempotency-Key>`; a person who is not known yet is told from others by `-<fingerprint>`. */
  readonly key: string;
  /** Tells requests with the same key apart: a hash of method, path and body, 64 hex digits. */
  readonly fingerprint: string;
}

/** An answer as it is kept to be replayed; the body is the inner (sealed) shape. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a claim meets: a free slot (now ours), one at work, one used for another request, or the finished answer. */
export type ClaimOutcome =
  | { readonly state: 'claimed' }
  | { readonly state: 'running' }
  | { readonly state: 'mismatch' }
  | { readonly state: 'done'; readonly answer: StoredAnswer };

/**
 * Makes a request with an Idempotency-Key happen once, however often it is sent. A claim that is neither completed nor released
 * within its lease (real time; an adapter renews it while the process lives) may be claimed again: its process died.
 */
export abstract class IdempotencyStore {
  /** Takes the slot, visible to others at once. Exactly one of concurrent callers gets `claimed`. */
  abstract begin(claim: RequestClaim): Promise<ClaimOutcome>;

  /** Keeps the answer. Inside `atomically` or an ambient transaction it commits with the effect, or not at all. */
  abstract complete(claim: RequestClaim, answer: StoredAnswer): Promise<void>;

  /** Gives the slot back after a failure, so that the request may be tried again. Does nothing to a slot that is completed. */
  abstract release(claim: RequestClaim): Promise<void>;

  /** Runs `work` in one transaction that use cases inside it join. */
  abstract atomically<T>(work: () => Promise<T>): Promise<T>;
}
