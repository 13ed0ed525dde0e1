import { checkKey, checkPrefix, isUnder, resolveRange } from './blob-key.js';
import { BlobNotFound } from './blob-storage.errors.js';
import { type BlobContent, type BlobInfo, type BlobRange, BlobStorage } from './blob-storage.js';

const CHUNK = 64 * 1024;

/** Blobs in this process's memory, for specs. */
export class InMemoryBlobStorage extends BlobStorage {
  private readonly blobs = new Map<string, Uint8Array>();

  async put(key: string, content: BlobContent): Promise<BlobInfo> {
    checkKey(key);
    const parts: Uint8Array[] = [];
    for await (const chunk of content instanceof Uint8Array ? [content] : content) parts.push(Uint8Array.from(chunk));
    const bytes = Buffer.concat(parts);
    this.blobs.set(key, bytes);
    return { key, size: bytes.length };
  }

  find(key: string): Promise<BlobInfo | undefined> {
    const bytes = this.blobs.get(checkKey(key));
    return Promise.resolve(bytes === undefined ? undefined : { key, size: bytes.length });
  }

  async *read(key: string, range?: BlobRange): AsyncIterable<Uint8Array> {
    const bytes = await Promise.resolve(this.blobs.get(checkKey(key)));
    if (bytes === undefined) throw new BlobNotFound();
    const { start, end } = resolveRange(range, bytes.length);
    for (let at = start; at < end; at += CHUNK) yield bytes.slice(at, Math.min(at + CHUNK, end));
  }

  remove(key: string): Promise<void> {
    this.blobs.delete(checkKey(key));
    return Promise.resolve();
  }

  async *list(prefix: string): AsyncIterable<BlobInfo> {
    const below = checkPrefix(prefix);
    for (const key of [...this.blobs.keys()].sort()) {
      const info = isUnder(key, below) ? await this.find(key) : undefined;
      if (info !== undefined) yield info;
    }
  }
}
