import { hash, verify } from '@node-rs/argon2';
import { toBase64Url, utf8 } from '../bytes.js';
import type { HmacKey } from '../keys/keys.js';
import { hmacSha256 } from '../primitives/primitives.js';

/** Argon2id cost (RFC 9106). */
export interface PasswordCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** About 60 ms on a server core. */
export const PASSWORD_COST: PasswordCost = { memoryKib: 64 * 1024, passes: 3 };

/** Argon2id in PHC form over a peppered password: a stolen table alone cannot even be guessed at. */
export async function hashPassword(pepper: HmacKey, password: string, cost: PasswordCost = PASSWORD_COST): Promise<string> {
  // Algorithm 2 is Argon2id; the package's enum is `const` and cannot be read under isolatedModules.
  const options = { algorithm: 2, memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1, outputLen: 32 };
  return hash(await peppered(pepper, password), options);
}

/** Whether the password made this hash; false also for a hash that cannot be read. */
export async function verifyPassword(pepper: HmacKey, phc: string, password: string): Promise<boolean> {
  try {
    return await verify(phc, await peppered(pepper, password));
  } catch {
    return false;
  }
}

async function peppered(pepper: HmacKey, password: string): Promise<string> {
  return toBase64Url(await hmacSha256(pepper, utf8(password.normalize('NFKC'))));
}
