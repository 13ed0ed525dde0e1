/** Where a blob lies and how long it is, in bytes. */
export interface BlobInfo {
  readonly key: string;
  readonly size: number;
}

/** A half-open slice of a blob, in bytes: `start` included, `end` excluded (default: the end of the blob). */
export interface BlobRange {
  readonly start: number;
  readonly end?: number | undefined;
}

export type BlobContent = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Keeps bytes by key. A reader sees a blob whole or not at all, never half of it, also after a crash.
 *
 * Keys are `/`-joined segments of `A–Z a–z 0–9 . _ -` (not starting with a dot), at most 512 characters: see {@link checkKey}.
 * Contents are stored as given: callers seal what is private before it comes here.
 */
export abstract class BlobStorage {
  /** Stores the content, replacing what was there, and returns once it would survive a power cut. Throws InvalidBlobKey. */
  abstract put(key: string, content: BlobContent): Promise<BlobInfo>;

  /** The blob's length, or undefined when there is none. */
  abstract find(key: string): Promise<BlobInfo | undefined>;

  /**
   * The bytes of a range in chunks of at most 64 KiB. Throws BlobNotFound before the first byte,
   * InvalidBlobRange when `start` lies beyond the end; an `end` beyond it is cut.
   */
  abstract read(key: string, range?: BlobRange): AsyncIterable<Uint8Array>;

  /** Removes the blob; removing what is not there is no error. */
  abstract remove(key: string): Promise<void>;

  /** Every blob whose key starts with the prefix (a whole number of segments, or empty), ordered by key. */
  abstract list(prefix: string): AsyncIterable<BlobInfo>;
}
