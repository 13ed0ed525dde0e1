import { concat, fromBase64Url, lengthPrefixed, toBase64Url } from '../bytes.js';
import { KeyFileUnusable, SealRefused } from '../crypto.errors.js';
import { aesGcmOpen, aesGcmSeal, hkdfSha256, KEY_LENGTH, NONCE_LENGTH, systemRandom } from '../primitives/primitives.js';
import { readOrCreate } from './atomic-file.js';
import { KeyWrap, type WrappedKey } from './key-wrap.js';
import { asWrappingKey, type WrappingKey } from './keys.js';

/** Key encryption key in a file of mode 0600; for single machines. The file is made on first use. */
export class FileKeyWrap extends KeyWrap {
  private constructor(private readonly file: KeyFile) {
    super();
  }

  /** KeyFileUnusable when the file is damaged, readable by others, or cannot be made. */
  static async open(path: string): Promise<FileKeyWrap> {
    const text = await readOrCreate({ path, mode: 0o600 }, () => Promise.resolve(newKeyFile()));
    return new FileKeyWrap(parseKeyFile(text, path));
  }

  async wrap(key: Uint8Array, context: string): Promise<WrappedKey> {
    const version = this.file.current;
    const nonce = systemRandom(NONCE_LENGTH);
    const sealed = await aesGcmSeal({ key: this.kek(version), nonce, aad: aad(version, context) }, key);
    return { version, bytes: concat(nonce, sealed) };
  }

  async unwrap({ version, bytes }: WrappedKey, context: string): Promise<Uint8Array> {
    const nonce = bytes.subarray(0, NONCE_LENGTH);
    const key = await aesGcmOpen({ key: this.kek(version), nonce, aad: aad(version, context) }, bytes.subarray(NONCE_LENGTH));
    if (key === undefined) throw new SealRefused();
    return key;
  }

  rootSecret(): Promise<Uint8Array> {
    const info = lengthPrefixed('selfos/root/1');
    return hkdfSha256({ ikm: this.file.root, salt: new Uint8Array(0), info }, KEY_LENGTH);
  }

  private kek(version: number): WrappingKey {
    const key = this.file.keys[version - 1];
    if (key === undefined) throw new SealRefused();
    return key;
  }
}

function aad(version: number, context: string): Uint8Array {
  return lengthPrefixed('selfos/kek/1', String(version), context);
}

interface KeyFile {
  readonly current: number;
  /** Key of version n at index n - 1; old versions stay until nothing is wrapped by them. */
  readonly keys: readonly WrappingKey[];
  readonly root: Uint8Array;
}

function newKeyFile(): string {
  const fresh = (): string => toBase64Url(systemRandom(KEY_LENGTH));
  return `${JSON.stringify({ format: 'selfos-key-file/1', keys: [fresh()], root: fresh() })}\n`;
}

function parseKeyFile(text: string, path: string): KeyFile {
  const damaged = new KeyFileUnusable({ detail: `${path} is damaged: restore it from its backup, without it nothing that it protects can be opened` });
  const { format, keys, root } = parsed(text) ?? {};
  const rootBytes = secret(root);
  if (format !== 'selfos-key-file/1' || !Array.isArray(keys) || keys.length === 0 || rootBytes === undefined) throw damaged;
  const wrapping = keys.map((key: unknown) => {
    const bytes = secret(key);
    if (bytes === undefined) throw damaged;
    return asWrappingKey(bytes);
  });
  return { current: wrapping.length, keys: wrapping, root: rootBytes };
}

function secret(value: unknown): Uint8Array | undefined {
  const bytes = typeof value === 'string' ? fromBase64Url(value) : undefined;
  return bytes?.length === KEY_LENGTH ? bytes : undefined;
}

function parsed(text: string): { format?: unknown; keys?: unknown; root?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
