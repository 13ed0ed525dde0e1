export { concat, fromBase64Url, fromUtf8, toBase64Url, toHex, utf8, wipe } from './bytes.js';
export { KeyFileUnusable, SealRefused, TokenRefused } from './crypto.errors.js';
export { BLOB_CHUNK, sealedBlobSize, type BlobInfo } from './blob/blob-layout.js';
export { BlobReader, type CiphertextReader } from './blob/blob-reader.js';
export { BlobSealer, type BlobSealRequest } from './blob/blob-sealer.js';
export { ENVELOPE_MEDIA_TYPE, type Envelope, type EnvelopeMeta, type Recipient, type RecipientType } from './envelope/envelope.js';
export { HybridClock } from './envelope/hybrid-clock.js';
export { openEnvelope, type ExpectedPlace, type OpenRequest } from './envelope/open-envelope.js';
export { isEnvelope } from './envelope/parse-envelope.js';
export { sealEnvelope, type KeyHolder, type SealRequest } from './envelope/seal-envelope.js';
export { openFrame, sealFrame, type FramePlace } from './envelope/turn-frames.js';
export {
  deriveHmacKey,
  deriveUuid,
  emailHash,
  keyedHash,
  normalizeEmail,
  pseudonym,
  requestFingerprint,
  type RequestParts,
} from './hashes/keyed-hashes.js';
export { hashPassword, PASSWORD_COST, verifyPassword, type PasswordCost } from './hashes/password-hash.js';
export { newSecretToken, secretTokenHash } from './hashes/secret-token.js';
export { FileKeyWrap } from './keys/file-key-wrap.js';
export { KeyWrap, type WrappedKey } from './keys/key-wrap.js';
export * from './keys/keys.js';
export { equalBytes, sha256, systemRandom, type RandomSource } from './primitives/primitives.js';
export { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_TYPE } from './tokens/access-token.js';
export { jwksOf, signToken, verifyToken, type Claims, type TokenExpectation, type TokenToSign, type VerifiedToken } from './tokens/jwt.js';
export { KeyFolder } from './tokens/key-folder.js';
export { newSigningKey, parseJwks, publicHalf, type Jwks, type PublicJwk, type SigningJwk } from './tokens/signing-keys.js';
