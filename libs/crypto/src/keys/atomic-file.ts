import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toHex } from '../bytes.js';
import { KeyFileUnusable } from '../crypto.errors.js';
import { systemRandom } from '../primitives/primitives.js';

export interface SecretFile {
  readonly path: string;
  /** 0o600 for secrets; secrets found with looser permissions are refused. */
  readonly mode: 0o600 | 0o644;
}

/**
 * The file's text, made by `create` when there is none. Several processes may start at once: the file appears whole or not at all,
 * and all of them read the one that came first.
 */
export async function readOrCreate(file: SecretFile, create: () => Promise<string>): Promise<string> {
  const existing = await readSecret(file);
  if (existing !== undefined) return existing;
  try {
    await mkdir(dirname(file.path), { recursive: true, mode: 0o700 });
    await publish(file, await create());
  } catch (cause) {
    throw new KeyFileUnusable({ detail: `cannot write ${file.path}: check that the folder exists and may be written`, cause });
  }
  const made = await readSecret(file);
  if (made === undefined) throw new KeyFileUnusable({ detail: `${file.path} vanished while it was made` });
  return made;
}

/** Undefined when there is no such file; KeyFileUnusable when others may read a secret. */
export async function readSecret({ path, mode }: SecretFile): Promise<string | undefined> {
  try {
    const { mode: found } = await stat(path);
    if (mode === 0o600 && (found & 0o077) !== 0) throw new KeyFileUnusable({ detail: `others may read ${path}: chmod 600 ${path}` });
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof KeyFileUnusable) throw cause;
    if (hasCode(cause, 'ENOENT')) return undefined;
    throw new KeyFileUnusable({ detail: `cannot read ${path}`, cause });
  }
}

/** Writes beside the target and links it into place: unlike a rename, a link never replaces what another process put there. */
async function publish({ path, mode }: SecretFile, text: string): Promise<void> {
  const temporary = `${path}.${toHex(systemRandom(8))}.tmp`;
  const handle = await open(temporary, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temporary, path);
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause;
  } finally {
    await unlink(temporary);
  }
  await syncFolder(dirname(path));
}

/** The file's name must survive a power cut as well as its bytes: what a lost key has sealed is lost. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
