/** Who can open: `d` a domain key, `s` a person's server key, `h` an HPKE public key. */
export type RecipientType = 'd' | 's' | 'h';

export interface Recipient {
  readonly t: RecipientType;
  /** Key id with its epoch. */
  readonly k: string;
  /** Wrapped content key, base64url: 60 bytes for `d` and `s` (nonce, ciphertext, tag), 48 for `h`. */
  readonly w: string;
  /** HPKE `enc`, 32 bytes, `h` only. */
  readonly e?: string;
}

/** SelfOS Envelope 1 (`application/selfos-envelope+json`): one sealed revision of one field. All bytes are base64url. */
export interface Envelope {
  readonly v: 1;
  /** Suite 1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
  readonly s: 1;
  /** Owner. */
  readonly uid: string;
  /** Object, named by its writer before sealing. */
  readonly oid: string;
  /** Logical place `<domain>.<entity>.<field>`; never a store's name, so that content can move between stores. */
  readonly ctx: string;
  /** The writer's hybrid logical clock for this field; see HybridClock. */
  readonly rev: string;
  /** Writer: `dev:<id>`, `edge:<epoch>`, `ai:<epoch>`, `imp:<service>`, `srv:<service>`. */
  readonly wid: string;
  /** 1 to 8 recipients. */
  readonly r: readonly Recipient[];
  /** Key commitment, 32 bytes. */
  readonly m: string;
  /** Content nonce, 12 bytes. */
  readonly n: string;
  /** AES-256-GCM ciphertext and tag over the padded plaintext. */
  readonly c: string;
  /** Ed25519 by `wid`, 64 bytes. Reserved: this version parses it and refuses to open what carries it. */
  readonly sig?: string;
}

/** What an envelope says about itself, all of it authenticated. */
export interface EnvelopeMeta {
  readonly uid: string;
  readonly oid: string;
  readonly ctx: string;
  readonly rev: string;
  readonly wid: string;
}

export const ENVELOPE_MEDIA_TYPE = 'application/selfos-envelope+json';
