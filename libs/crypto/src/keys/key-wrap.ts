/** A key at rest: bytes that only the key encryption key of `version` opens again. */
export interface WrappedKey {
  readonly version: number;
  readonly bytes: Uint8Array;
}

/**
 * Wraps keys for storage. `context` names the key's place (owner, domain, epoch); a wrapped key put in another place is refused.
 */
export abstract class KeyWrap {
  abstract wrap(key: Uint8Array, context: string): Promise<WrappedKey>;

  /** SealRefused for another context, another key encryption key or altered bytes. */
  abstract unwrap(wrapped: WrappedKey, context: string): Promise<Uint8Array>;

  /** A 32-byte root for keyed hashes (blind indexes, peppers), stable for the life of the installation. */
  abstract rootSecret(): Promise<Uint8Array>;
}
