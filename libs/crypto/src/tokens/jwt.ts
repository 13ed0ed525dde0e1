import { importJWK, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { fromBase64Url, fromUtf8 } from '../bytes.js';
import { TokenRefused } from '../crypto.errors.js';
import { hasDuplicateKeys } from '../envelope/duplicate-keys.js';
import { publicHalf, type PublicJwk, type SigningJwk } from './signing-keys.js';

const SHAPE = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const MAX_TOKEN = 8192;
/** Seconds that two machines' clocks may differ. */
const SKEW = 5;

export type Claims = Readonly<Record<string, unknown>>;

export interface TokenToSign {
  /** Media type of the token, RFC 8725 §3.11: `at+jwt` (RFC 9068) for access tokens. */
  readonly typ: string;
  readonly issuer: string;
  readonly audience: string;
  readonly subject?: string;
  readonly id?: string;
  readonly lifetimeSeconds: number;
  /** Further claims; the registered ones above win. */
  readonly claims?: Claims;
}

/** A compact EdDSA JWT valid from now on real time. */
export async function signToken(key: SigningJwk, token: TokenToSign, nowMs: number = Date.now()): Promise<string> {
  const iat = Math.floor(nowMs / 1000);
  const jwt = new SignJWT({ ...token.claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: token.typ, kid: key.kid })
    .setIssuer(token.issuer)
    .setAudience(token.audience)
    .setIssuedAt(iat)
    .setExpirationTime(iat + token.lifetimeSeconds);
  if (token.subject !== undefined) jwt.setSubject(token.subject);
  if (token.id !== undefined) jwt.setJti(token.id);
  return jwt.sign(await importJWK({ ...key }, 'EdDSA'));
}

export interface TokenExpectation {
  readonly typ: string;
  readonly issuer: string;
  readonly audience: string;
  /** The keys that may have signed; found by the token's `kid`. */
  readonly keys: readonly PublicJwk[];
  /** Claims that must be there beside iss, aud, iat and exp. */
  readonly required?: readonly string[];
}

export type VerifiedToken = JWTPayload & { readonly iss: string; readonly aud: string; readonly iat: number; readonly exp: number };

/**
 * The claims of a token that is canonical, EdDSA-signed by a known key, of the right type, issuer and audience, and in time.
 * Anything else is one TokenRefused. Stricter than RFC 7515: tolerated spellings would make one token have many texts.
 */
export async function verifyToken(token: string, expected: TokenExpectation, nowMs: number = Date.now()): Promise<VerifiedToken> {
  const kid = headerKeyId(token);
  const key = expected.keys.find((candidate) => candidate.kid === kid);
  if (key === undefined) throw new TokenRefused();
  try {
    const { payload } = await jwtVerify(token, await importJWK({ ...key }, 'EdDSA'), {
      algorithms: ['EdDSA'],
      typ: expected.typ,
      issuer: expected.issuer,
      audience: expected.audience,
      requiredClaims: ['iss', 'aud', 'iat', 'exp', ...(expected.required ?? [])],
      clockTolerance: SKEW,
      currentDate: new Date(nowMs),
    });
    if (!isVerified(payload)) throw new TokenRefused();
    return payload;
  } catch {
    throw new TokenRefused();
  }
}

/** The `kid` of a token that is well-formed, read before anything is trusted, to choose the key. TokenRefused when malformed. */
export function headerKeyId(token: string): string {
  const parts = token.length <= MAX_TOKEN && SHAPE.test(token) ? token.split('.') : [];
  const decoded = parts.map(fromBase64Url);
  const [header, payload] = decoded;
  if (header === undefined || payload === undefined || decoded.includes(undefined)) throw new TokenRefused();
  const { alg, kid, crit } = jsonObject(header);
  jsonObject(payload);
  if (alg !== 'EdDSA' || typeof kid !== 'string' || crit !== undefined) throw new TokenRefused();
  return kid;
}

function jsonObject(bytes: Uint8Array): { alg?: unknown; kid?: unknown; crit?: unknown } {
  try {
    const text = fromUtf8(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !hasDuplicateKeys(text)) return value;
  } catch {
    // refused below
  }
  throw new TokenRefused();
}

function isVerified(payload: JWTPayload): payload is VerifiedToken {
  return typeof payload.iss === 'string' && typeof payload.aud === 'string' && typeof payload.iat === 'number' && typeof payload.exp === 'number';
}

/** The set that a service serves for its own keys. */
export function jwksOf(...keys: readonly SigningJwk[]): { keys: PublicJwk[] } {
  return { keys: keys.map(publicHalf) };
}
