import { deriveUuid, sha256, utf8 } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';

/** The same id for the same parts: whoever does a thing again names the same objects. Parts are ids and positions, never content. */
export async function namedId(...parts: readonly (string | number)[]): Promise<Uuid> {
  return deriveUuid(await sha256(utf8(parts.join('/'))));
}
