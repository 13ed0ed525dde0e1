import { fromBase64Url } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { blobKey, contextOf } from '../envelope/content-keys.js';
import { openWithKey, type OpenRequest } from '../envelope/open-envelope.js';
import { parseEnvelope } from '../envelope/parse-envelope.js';
import { aesGcmOpen, TAG_LENGTH } from '../primitives/primitives.js';
import { BLOB_CHUNK, BLOB_SEALED_CHUNK, chunkCount, chunkNonce, readBlobInfo, type BlobInfo } from './blob-layout.js';

/** Reads ciphertext bytes `start` (inclusive) to `end` (exclusive); must return exactly that many. */
export type CiphertextReader = (start: number, end: number) => Promise<Uint8Array>;

/** Chunks fetched in one go: 1 MiB, so that storage is asked seldom and memory stays small. */
const CHUNKS_PER_FETCH = 16;

interface ReaderParts {
  readonly info: BlobInfo;
  readonly key: Uint8Array;
  readonly context: Uint8Array;
}

/** Opens any byte range of one sealed blob, touching only the chunks it lies in. */
export class BlobReader {
  private constructor(private readonly parts: ReaderParts) {}

  /** From the blob's header envelope; SealRefused as for any envelope. */
  static open(header: OpenRequest): Promise<BlobReader> {
    return openWithKey(header, async (cek, plaintext) => {
      const context = contextOf(parseEnvelope(header.envelope));
      return new BlobReader({ info: readBlobInfo(plaintext), key: await blobKey(cek, context), context });
    });
  }

  get info(): BlobInfo {
    return this.parts.info;
  }

  /**
   * Plaintext bytes `start` (inclusive) to `end` (exclusive) in order; a RangeError outside the blob. A chunk that is missing,
   * moved or altered is SealRefused before any byte of it is yielded.
   */
  async *read(ciphertext: CiphertextReader, start = 0, end = this.info.size): AsyncGenerator<Uint8Array, void, undefined> {
    if (!(start >= 0 && start <= end && end <= this.info.size)) throw new RangeError('the range lies outside the blob');
    const stop = Math.max(Math.ceil(end / BLOB_CHUNK), Math.floor(start / BLOB_CHUNK) + 1);
    for (let first = Math.floor(start / BLOB_CHUNK); first < stop; first += CHUNKS_PER_FETCH) {
      const batch = await this.fetch(ciphertext, first, Math.min(first + CHUNKS_PER_FETCH, stop));
      for (const [offset, sealed] of batch.entries()) {
        const index = first + offset;
        const plain = await this.chunk(index, sealed);
        const from = Math.max(0, start - index * BLOB_CHUNK);
        yield plain.subarray(from, Math.max(from, end - index * BLOB_CHUNK));
      }
    }
  }

  private async fetch(ciphertext: CiphertextReader, first: number, stop: number): Promise<Uint8Array[]> {
    const total = this.info.size + chunkCount(this.info.size) * TAG_LENGTH;
    const start = first * BLOB_SEALED_CHUNK;
    const end = Math.min(stop * BLOB_SEALED_CHUNK, total);
    if (start >= end) return [];
    const bytes = await ciphertext(start, end);
    if (bytes.length !== end - start) throw new SealRefused();
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += BLOB_SEALED_CHUNK) chunks.push(bytes.subarray(at, at + BLOB_SEALED_CHUNK));
    return chunks;
  }

  private async chunk(index: number, sealed: Uint8Array): Promise<Uint8Array> {
    const prefix = fromBase64Url(this.info.prefix) ?? new Uint8Array(7);
    const nonce = chunkNonce(prefix, index, index === chunkCount(this.info.size) - 1);
    const plain = await aesGcmOpen({ key: this.parts.key, nonce, aad: this.parts.context }, sealed);
    if (plain === undefined) throw new SealRefused();
    return plain;
  }
}
