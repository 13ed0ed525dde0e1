import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyFileUnusable } from '../crypto.errors.js';
import { readOrCreate, readSecret } from '../keys/atomic-file.js';
import { newSigningKey, parsePublicKey, parseSigningKey, publicHalf, type PublicJwk, type SigningJwk } from './signing-keys.js';

const PUBLIC = '.public.json';

/**
 * Signing keys of this installation, one pair per name: `<name>.private.json` (mode 0600) and `<name>.public.json` beside it.
 * In a cluster each service mounts its own private file and everyone's public ones.
 */
export class KeyFolder {
  constructor(private readonly folder: string) {}

  /**
   * The pair of `name`, made when there is none. KeyFileUnusable when the folder cannot be written, a file is damaged, or the public
   * half is not that of the private one: others would refuse everything that is signed.
   */
  async signingKey(name: string): Promise<SigningJwk> {
    const path = join(this.folder, `${name}.private.json`);
    const text = await readOrCreate({ path, mode: 0o600 }, async () => `${JSON.stringify(await newSigningKey())}\n`);
    const key = await parseSigningKey(text, path);
    const file = this.publicFile(name);
    const published = await parsePublicKey(await readOrCreate(file, () => Promise.resolve(`${JSON.stringify(publicHalf(key))}\n`)), file.path);
    if (published.kid !== key.kid) throw new KeyFileUnusable({ detail: `${file.path} belongs to another key than ${path}: restore that key, or remove both files` });
    return key;
  }

  /** Undefined while that service has not started for the first time. */
  async publicKey(name: string): Promise<PublicJwk | undefined> {
    const file = this.publicFile(name);
    const text = await readSecret(file);
    return text === undefined ? undefined : parsePublicKey(text, file.path);
  }

  /** Names of all services that have a public key here. */
  async names(): Promise<string[]> {
    const files = await readdir(this.folder).catch(() => []);
    return files.filter((file) => file.endsWith(PUBLIC)).map((file) => file.slice(0, -PUBLIC.length));
  }

  private publicFile(name: string): { path: string; mode: 0o644 } {
    return { path: join(this.folder, `${name}${PUBLIC}`), mode: 0o644 };
  }
}
