import { fromBase64Url, lengthPrefixed, wipe } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { asContentKey, type ContentKey } from '../keys/keys.js';
import { aesGcmOpen, equalBytes } from '../primitives/primitives.js';
import { contentKeys, contextOf, unwrapContentKey } from './content-keys.js';
import type { Envelope, EnvelopeMeta, Recipient } from './envelope.js';
import { unpad } from './padding.js';
import { parseEnvelope } from './parse-envelope.js';
import type { KeyHolder } from './seal-envelope.js';

/** Where the reader found the envelope: it must have been sealed for exactly that place. */
export type ExpectedPlace = Pick<EnvelopeMeta, 'uid' | 'oid' | 'ctx'>;

export interface OpenRequest {
  /** An Envelope, or anything that may be one. */
  readonly envelope: unknown;
  readonly expected: ExpectedPlace;
  /** Who opens it, or who that is among those whom it names. */
  readonly holder: KeyHolder | ((recipients: readonly Recipient[]) => Promise<KeyHolder>);
}

/** The plaintext. Whatever is wrong (shape, place, key, bytes) is one and the same SealRefused. */
export async function openEnvelope(request: OpenRequest): Promise<Uint8Array> {
  return (await openWithKey(request, (_cek, plaintext) => Promise.resolve(plaintext)));
}

/** Opens and lends the content key to `use`, then wipes it; for blobs, whose chunk key derives from it. */
export async function openWithKey<T>(request: OpenRequest, use: (cek: ContentKey, plaintext: Uint8Array) => Promise<T>): Promise<T> {
  const envelope = parseEnvelope(request.envelope);
  if (envelope.sig !== undefined || !isAt(envelope, request.expected)) throw new SealRefused();
  const context = contextOf(envelope);
  const holder = typeof request.holder === 'function' ? await request.holder(envelope.r) : request.holder;
  const cek = await unwrapFor(holder, envelope, context);
  try {
    return await use(cek, await openContent(cek, envelope, context));
  } finally {
    wipe(cek);
  }
}

async function unwrapFor(holder: KeyHolder, envelope: Envelope, context: Uint8Array): Promise<ContentKey> {
  const recipient = envelope.r.find(({ t, k }) => t === holder.t && k === holder.k);
  if (recipient === undefined) throw new SealRefused();
  const cek = await unwrapContentKey({ key: holder.key, keyId: holder.k, context }, decode(recipient.w));
  if (cek?.length !== 32) throw new SealRefused();
  return asContentKey(cek);
}

async function openContent(cek: ContentKey, envelope: Envelope, context: Uint8Array): Promise<Uint8Array> {
  const { key, commitment } = await contentKeys(cek, context);
  if (!equalBytes(commitment, decode(envelope.m))) throw new SealRefused();
  const padded = await aesGcmOpen({ key, nonce: decode(envelope.n), aad: lengthPrefixed(context, commitment) }, decode(envelope.c));
  wipe(key);
  if (padded === undefined) throw new SealRefused();
  return unpad(padded);
}

function isAt(envelope: Envelope, { uid, oid, ctx }: ExpectedPlace): boolean {
  return envelope.uid === uid && envelope.oid === oid && envelope.ctx === ctx;
}

function decode(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes === undefined) throw new SealRefused();
  return bytes;
}
