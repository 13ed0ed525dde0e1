import { toBase64Url, toHex, utf8 } from '../bytes.js';
import { sha256, systemRandom, type RandomSource } from '../primitives/primitives.js';

/** 256 random bits as base64url: a bearer secret such as a refresh token. */
export function newSecretToken(random: RandomSource = systemRandom): string {
  return toBase64Url(random(32));
}

/** What a database keeps of a secret token: SHA-256, 64 hexadecimal digits. Enough, as the token itself is random. */
export async function secretTokenHash(token: string): Promise<string> {
  return toHex(await sha256(utf8(token)));
}
