/** One request that a client may send again: `scope` is the person and the route, `key` is the client's. */
export interface RepeatableRequest {
  readonly scope: string;
  readonly key: string;
  /** Tells the same request from another one under the same key. */
  readonly fingerprint: string;
  /** How long the work may take before a retry takes it over. */
  readonly leaseMs?: number;
}

/** The saved answer, kept 24 hours. */
export interface SavedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RequestClaim {
  /** Saves the answer, inside the ambient transaction if there is one; throws RequestLeaseLost when a retry took over. */
  complete(answer: SavedAnswer): Promise<void>;
  /** Forgets the claim, so that a retry starts afresh: for requests that were refused. */
  release(): Promise<void>;
}

export type RequestState =
  | { readonly kind: 'run'; readonly claim: RequestClaim }
  | { readonly kind: 'running' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'replay'; readonly answer: SavedAnswer };

/** Lets a client repeat a request safely (after draft-ietf-httpapi-idempotency-key-header): one effect, one answer. */
export abstract class OnceRequests {
  /** Claims the request visibly for everyone at once, in a transaction of its own. */
  abstract begin(request: RepeatableRequest): Promise<RequestState>;
}
