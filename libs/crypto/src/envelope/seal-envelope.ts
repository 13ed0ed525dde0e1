import { lengthPrefixed, toBase64Url, wipe } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { asContentKey, type ContentKey, type DomainKey, type ServerKey } from '../keys/keys.js';
import { aesGcmSeal, KEY_LENGTH, NONCE_LENGTH, systemRandom, type RandomSource } from '../primitives/primitives.js';
import { contentKeys, contextOf, wrapContentKey } from './content-keys.js';
import type { Envelope, EnvelopeMeta, Recipient } from './envelope.js';
import { pad } from './padding.js';
import { isKeyId, isMeta } from './parse-envelope.js';

/** One key that shall open, or opens, an envelope. */
export type KeyHolder = { readonly t: 'd'; readonly k: string; readonly key: DomainKey } | { readonly t: 's'; readonly k: string; readonly key: ServerKey };

export interface SealRequest {
  readonly meta: EnvelopeMeta;
  /** 1 to 8, no key id twice. */
  readonly recipients: readonly KeyHolder[];
  readonly plaintext: Uint8Array;
}

/** Seals one revision of one field under a content key made for it alone. Names that no envelope may carry: SealRefused. */
export async function sealEnvelope(request: SealRequest, random: RandomSource = systemRandom): Promise<Envelope> {
  const cek = asContentKey(random(KEY_LENGTH));
  try {
    return await sealWith(cek, request, random);
  } finally {
    wipe(cek);
  }
}

/** Seals under a given content key; only for a blob's header, whose chunks share that key by derivation. */
export async function sealWith(cek: ContentKey, request: SealRequest, random: RandomSource): Promise<Envelope> {
  const { meta, recipients, plaintext } = request;
  const known = new Set(recipients.map(({ t, k }) => `${t} ${k}`));
  const named = recipients.every(({ k }) => isKeyId(k)) && known.size === recipients.length;
  if (!isMeta(meta) || !named || recipients.length < 1 || recipients.length > 8) throw new SealRefused();
  const context = contextOf(meta);
  const { key, commitment } = await contentKeys(cek, context);
  const r: Recipient[] = [];
  for (const { t, k, key: recipientKey } of recipients) {
    const wrapped = await wrapContentKey({ key: recipientKey, keyId: k, context }, cek, random(NONCE_LENGTH));
    r.push({ t, k, w: toBase64Url(wrapped) });
  }
  const nonce = random(NONCE_LENGTH);
  const sealed = await aesGcmSeal({ key, nonce, aad: lengthPrefixed(context, commitment) }, pad(plaintext));
  wipe(key);
  return { v: 1, s: 1, ...names(meta), r, m: toBase64Url(commitment), n: toBase64Url(nonce), c: toBase64Url(sealed) };
}

function names({ uid, oid, ctx, rev, wid }: EnvelopeMeta): EnvelopeMeta {
  return { uid, oid, ctx, rev, wid };
}
