import { KEY_LENGTH, systemRandom, type RandomSource } from '../primitives/primitives.js';

declare const brand: unique symbol;
type Key<Name extends string> = Uint8Array & { readonly [brand]: Name };

/** DK: one person's key of one domain and epoch. Wraps content keys, never content. */
export type DomainKey = Key<'DomainKey'>;
/** A person's server-side key, for the few fields that a server itself must read (e-mail address). */
export type ServerKey = Key<'ServerKey'>;
/** CEK: seals one revision of one object, once. */
export type ContentKey = Key<'ContentKey'>;
/** KEK: wraps other keys at rest. */
export type WrappingKey = Key<'WrappingKey'>;
/** Keys one live answer's chunks. */
export type TurnKey = Key<'TurnKey'>;
/** Keys a keyed hash for exactly one purpose. */
export type HmacKey = Key<'HmacKey'>;

/** Any of the branded keys from 32 bytes of trusted origin; a RangeError for other lengths. */
function branded<K extends Uint8Array>(bytes: Uint8Array): K {
  if (bytes.length !== KEY_LENGTH) throw new RangeError('a key has 32 bytes');
  return bytes as K;
}

export const asDomainKey = (bytes: Uint8Array): DomainKey => branded(bytes);
export const asServerKey = (bytes: Uint8Array): ServerKey => branded(bytes);
export const asContentKey = (bytes: Uint8Array): ContentKey => branded(bytes);
export const asWrappingKey = (bytes: Uint8Array): WrappingKey => branded(bytes);
export const asTurnKey = (bytes: Uint8Array): TurnKey => branded(bytes);
export const asHmacKey = (bytes: Uint8Array): HmacKey => branded(bytes);

export const newDomainKey = (random: RandomSource = systemRandom): DomainKey => asDomainKey(random(KEY_LENGTH));
export const newServerKey = (random: RandomSource = systemRandom): ServerKey => asServerKey(random(KEY_LENGTH));
export const newTurnKey = (random: RandomSource = systemRandom): TurnKey => asTurnKey(random(KEY_LENGTH));

/** The key id that an envelope's recipient names: `<domain>:<epoch>`. */
export function domainKeyId(domain: string, epoch: number): string {
  return `${domain}:${epoch}`;
}

/** The key id of a person's server key: `server:<version>`. No domain has this name. */
export function serverKeyId(version: number): string {
  return `server:${version}`;
}
