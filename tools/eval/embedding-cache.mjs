// Vectors by the hash of their text, in a file that git ignores: a first run embeds for minutes, the next ones read for a second.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run/processes.mjs';

const HASH_BYTES = 32;
const BATCH = 16;

const hashOf = (text) => createHash('sha256').update(text).digest();

export class EmbeddingCache {
  constructor(embedder, folder = join(root, '.tools', 'embeddings')) {
    this.embedder = embedder;
    this.file = join(folder, `${embedder.model}-${embedder.dimensions}.bin`);
    this.vectors = new Map();
    mkdirSync(folder, { recursive: true });
    if (existsSync(this.file)) this.read();
  }

  get(text) {
    return this.vectors.get(hashOf(text).toString('hex'));
  }

  /** Embeds what is not there yet; resolves to how many that were. */
  async fill(texts, onProgress = () => undefined) {
    const missing = [...new Set(texts)].filter((text) => this.get(text) === undefined);
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH);
      const vectors = await this.embedder.embed(batch);
      batch.forEach((text, index) => this.put(hashOf(text), vectors[index]));
      onProgress(start + batch.length, missing.length);
    }
    return missing.length;
  }

  put(hash, vector) {
    this.vectors.set(hash.toString('hex'), vector);
    appendFileSync(this.file, Buffer.concat([hash, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)]));
  }

  // a record is a hash and its vector; a torn last one is ignored
  read() {
    const bytes = readFileSync(this.file);
    const record = HASH_BYTES + this.embedder.dimensions * 4;
    for (let start = 0; start + record <= bytes.length; start += record) {
      const vector = bytes.subarray(start + HASH_BYTES, start + record);
      this.vectors.set(bytes.toString('hex', start, start + HASH_BYTES), new Float32Array(Uint8Array.from(vector).buffer));
    }
  }
}
