import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { fromBase64Url } from '../bytes.js';
import { KeyFileUnusable } from '../crypto.errors.js';

/** Public half of an Ed25519 signing key (RFC 8037); `kid` is its RFC 7638 thumbprint. */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

/** Private half as well. Never logged, never served. */
export interface SigningJwk extends PublicJwk {
  readonly d: string;
}

/** RFC 7517 §5. */
export interface Jwks {
  readonly keys: readonly PublicJwk[];
}

export async function newSigningKey(): Promise<SigningJwk> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { x, d } = await exportJWK(privateKey);
  if (x === undefined || d === undefined) throw new Error('an Ed25519 key without coordinates');
  return { ...(await publicJwk(x)), d };
}

/** The half that anyone may see. */
export function publicHalf({ kty, crv, x, kid, alg, use }: SigningJwk): PublicJwk {
  return { kty, crv, x, kid, alg, use };
}

/** A key pair from JSON text; KeyFileUnusable naming `source` when it is anything but one of ours. */
export async function parseSigningKey(text: string, source: string): Promise<SigningJwk> {
  const { x, d } = jwkOf(text);
  if (!isKeyText(x) || !isKeyText(d)) throw new KeyFileUnusable({ detail: `${source} is not an Ed25519 key pair` });
  return { ...(await publicJwk(x)), d };
}

/** A public key from JSON text; KeyFileUnusable naming `source` when it is none. */
export async function parsePublicKey(text: string, source: string): Promise<PublicJwk> {
  const { x } = jwkOf(text);
  if (!isKeyText(x)) throw new KeyFileUnusable({ detail: `${source} is not an Ed25519 public key` });
  return publicJwk(x);
}

/** A key set as another process serves it; keys of other kinds are left out, as RFC 7517 §5 asks. */
export async function parseJwks(value: unknown): Promise<Jwks> {
  const keys = typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys) ? value.keys : [];
  const own = keys.filter((key: JWK) => key?.kty === 'OKP' && key.crv === 'Ed25519' && isKeyText(key.x));
  return { keys: await Promise.all(own.map((key: JWK) => publicJwk(String(key.x)))) };
}

async function publicJwk(x: string): Promise<PublicJwk> {
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x });
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' };
}

function jwkOf(text: string): JWK {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'crv' in value && value.crv === 'Ed25519') return value as JWK;
  } catch {
    // reported by the caller
  }
  return {};
}

function isKeyText(value: unknown): value is string {
  return typeof value === 'string' && fromBase64Url(value)?.length === 32;
}
