import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import { uuidv7 } from '@selfos/kernel';
import { checkKey, checkPrefix, resolveRange } from './blob-key.js';
import { BlobNotFound } from './blob-storage.errors.js';
import { type BlobContent, type BlobInfo, type BlobRange, BlobStorage } from './blob-storage.js';

/** Ends every stored file's name; no key may hold it, so `a` and `a/b` can both exist. */
const SUFFIX = '~blob';
const TEMPORARY = '.incoming';
const STALE_AFTER_MS = 24 * 3_600_000;
const CHUNK = 64 * 1024;

/**
 * Blobs as files below one folder (0700, files 0600). A put writes beside the target, flushes, renames and flushes the
 * folder, so a crash leaves the old blob or the new one. Several processes may share the folder.
 */
export class FilesystemBlobStorage extends BlobStorage {
  private constructor(private readonly root: string) {
    super();
  }

  /** Opens (and makes) the folder, and removes uploads that a crash left behind more than a day ago. */
  static async open(root: string): Promise<FilesystemBlobStorage> {
    const incoming = join(root, TEMPORARY);
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    for (const name of await readdir(incoming)) {
      const path = join(incoming, name);
      const info = await stat(path).catch(() => undefined);
      if (info !== undefined && Date.now() - info.mtimeMs > STALE_AFTER_MS) await rm(path, { force: true });
    }
    return new FilesystemBlobStorage(root);
  }

  async put(key: string, content: BlobContent): Promise<BlobInfo> {
    const target = this.pathOf(key);
    const temporary = join(this.root, TEMPORARY, uuidv7());
    try {
      const size = await writeDurably(temporary, content);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(temporary, target);
      await flushFolder(dirname(target));
      return { key, size };
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async find(key: string): Promise<BlobInfo | undefined> {
    const info = await stat(this.pathOf(key)).catch(ignoreAbsence);
    return info === undefined ? undefined : { key, size: info.size };
  }

  async *read(key: string, range?: BlobRange): AsyncIterable<Uint8Array> {
    const file = await open(this.pathOf(key), 'r').catch(ignoreAbsence);
    if (file === undefined) throw new BlobNotFound();
    try {
      const { start, end } = resolveRange(range, (await file.stat()).size);
      if (start === end) return;
      const stream = createReadStream('', { fd: file, start, end: end - 1, highWaterMark: CHUNK, autoClose: false });
      for await (const chunk of stream) yield chunk as Uint8Array;
    } finally {
      await file.close();
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async *list(prefix: string): AsyncIterable<BlobInfo> {
    const below = checkPrefix(prefix);
    const found: BlobInfo[] = [];
    if (below !== '') {
      const exact = await this.find(below);
      if (exact !== undefined) found.push(exact);
    }
    await this.collect(below, found);
    yield* found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  private async collect(folder: string, found: BlobInfo[]): Promise<void> {
    const entries: Dirent[] = await readdir(join(this.root, folder), { withFileTypes: true }).catch((error: unknown) => ignoreAbsence(error) ?? []);
    for (const entry of entries) {
      if (entry.name === TEMPORARY) continue;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await this.collect(name, found);
      else if (name.endsWith(SUFFIX)) {
        const info = await this.find(name.slice(0, -SUFFIX.length));
        if (info !== undefined) found.push(info);
      }
    }
  }

  private pathOf(key: string): string {
    return join(this.root, `${checkKey(key)}${SUFFIX}`);
  }
}

async function writeDurably(path: string, content: BlobContent): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  try {
    let size = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      await file.writeFile(chunk);
      size += chunk.length;
    }
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

/** A rename is durable only when the folder that names the file is. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ignoreAbsence(error: unknown): undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw error;
}
