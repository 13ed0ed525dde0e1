import { concat, toBase64Url, wipe } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { blobKey, contextOf } from '../envelope/content-keys.js';
import type { Envelope, EnvelopeMeta } from '../envelope/envelope.js';
import { isMeta } from '../envelope/parse-envelope.js';
import { sealWith, type KeyHolder } from '../envelope/seal-envelope.js';
import { asContentKey, type ContentKey } from '../keys/keys.js';
import { aesGcmSeal, KEY_LENGTH, runningSha256, systemRandom, type RandomSource } from '../primitives/primitives.js';
import { BLOB_CHUNK, chunkNonce, writeBlobInfo } from './blob-layout.js';

export interface BlobSealRequest {
  readonly meta: EnvelopeMeta;
  readonly recipients: readonly KeyHolder[];
  /** Media type of the plaintext, kept inside the header. */
  readonly mime: string;
}

const MAX_CHUNKS = 2 ** 32;

/**
 * Seals a stream of any length in chunks that can be opened one by one. Use once: pipe through `transform()` (or `seal(source)`),
 * then ask for `header()`, which exists only when the last byte went through. Without the header nothing opens.
 */
export class BlobSealer {
  private readonly hash = runningSha256();
  private held: Uint8Array = new Uint8Array(0);
  private index = 0;
  private size = 0;
  private finished = false;
  private given = false;
  private key: Promise<Uint8Array> | undefined;
  private readonly cek: ContentKey;
  private readonly prefix: Uint8Array;
  private readonly context: Uint8Array;

  constructor(
    private readonly request: BlobSealRequest,
    private readonly random: RandomSource = systemRandom,
  ) {
    if (!isMeta(request.meta)) throw new SealRefused();
    this.cek = asContentKey(random(KEY_LENGTH));
    this.prefix = random(7);
    this.context = contextOf(request.meta);
  }

  /** Ciphertext of a source, chunk by chunk; at most two chunks are held in memory beside what the source yields at once. */
  async *seal(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of source) yield* this.push(piece);
    yield await this.finish();
  }

  /** The same as a web stream: `readable.pipeThrough(sealer.transform())`. */
  transform(): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream<Uint8Array, Uint8Array>({
      transform: async (piece, controller) => {
        for await (const sealed of this.push(piece)) controller.enqueue(sealed);
      },
      flush: async (controller) => controller.enqueue(await this.finish()),
    });
  }

  /** The envelope that makes the blob readable. Throws an Error before the stream has ended, and when asked again: the key is gone. */
  async header(): Promise<Envelope> {
    if (!this.finished) throw new Error('a blob has its header when its last byte is sealed');
    if (this.given) throw new Error('a blob gives its header once');
    this.given = true;
    const plainSha256 = toBase64Url(this.hash.digest());
    const info = { size: this.size, mime: this.request.mime, plainSha256, prefix: toBase64Url(this.prefix) };
    const { meta, recipients } = this.request;
    const header = await sealWith(this.cek, { meta, recipients, plaintext: writeBlobInfo(info) }, this.random);
    wipe(this.cek);
    return header;
  }

  private async *push(piece: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    this.refuseMore();
    this.hash.update(piece);
    this.size += piece.length;
    let rest = concat(this.held, piece);
    // A full chunk is held back until more follows: only then is it known not to be the last.
    while (rest.length > BLOB_CHUNK) {
      yield await this.chunk(rest.subarray(0, BLOB_CHUNK), false);
      rest = rest.subarray(BLOB_CHUNK);
    }
    this.held = rest.slice();
  }

  // After its end the keys are overwritten: anything more would be sealed under zeros.
  private refuseMore(): void {
    if (this.finished) throw new Error('the blob is already sealed');
  }

  private async finish(): Promise<Uint8Array> {
    this.refuseMore();
    const last = await this.chunk(this.held, true);
    this.finished = true;
    wipe(this.held, await this.chunkKey());
    return last;
  }

  private async chunk(plaintext: Uint8Array, last: boolean): Promise<Uint8Array> {
    if (this.index >= MAX_CHUNKS) throw new RangeError('a blob has at most 2^32 chunks');
    const nonce = chunkNonce(this.prefix, this.index, last);
    this.index += 1;
    return aesGcmSeal({ key: await this.chunkKey(), nonce, aad: this.context }, plaintext);
  }

  private chunkKey(): Promise<Uint8Array> {
    this.key ??= blobKey(this.cek, this.context);
    return this.key;
  }
}
