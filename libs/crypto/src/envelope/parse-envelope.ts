import { isUuid } from '@selfos/kernel';
import { fromBase64Url } from '../bytes.js';
import { SealRefused } from '../crypto.errors.js';
import { hasDuplicateKeys } from './duplicate-keys.js';
import type { Envelope, EnvelopeMeta } from './envelope.js';

type Fields = Readonly<Record<string, unknown>>;

const CTX = /^(?=.{5,100}$)[a-z_]+(\.[a-z_]+){2}$/;
const REV = /^[0-9a-f]{12}-[0-9a-f]{4}$/;
const WID = /^[a-z]+:[A-Za-z0-9_-]{1,64}$/;
const KID = /^[A-Za-z0-9][A-Za-z0-9:._-]{0,127}$/;
const REQUIRED = ['v', 's', 'uid', 'oid', 'ctx', 'rev', 'wid', 'r', 'm', 'n', 'c'];
const WRAP_LENGTHS: Readonly<Record<string, number>> = { d: 60, s: 60, h: 48 };
const MAX_CONTENT = 24 * 1024 * 1024;

/**
 * An envelope from JSON text or from an already parsed value. Unknown, missing or duplicate fields, non-canonical base64url and
 * wrong lengths are all refused alike (SealRefused). Duplicates can only be seen in text.
 */
export function parseEnvelope(input: unknown): Envelope {
  const value = typeof input === 'string' ? fromText(input) : input;
  if (!isEnvelope(value)) throw new SealRefused();
  return value;
}

/** Whether a value has exactly the shape of an envelope; says nothing about who made it. */
export function isEnvelope(value: unknown): value is Envelope {
  return isFields(value) && hasExactly(value, REQUIRED, 'sig') && hasHead(value) && hasBody(value);
}

/** Whether names are such that an envelope may carry them; sealing checks it so that nothing unreadable is ever written. */
export function isMeta(meta: EnvelopeMeta): boolean {
  return isUuid(meta.uid) && isUuid(meta.oid) && CTX.test(meta.ctx) && REV.test(meta.rev) && WID.test(meta.wid);
}

export function isKeyId(value: string): boolean {
  return KID.test(value);
}

function fromText(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (hasDuplicateKeys(text)) throw new SealRefused();
    return value;
  } catch {
    throw new SealRefused();
  }
}

function hasHead(value: Fields): boolean {
  const { uid, oid, ctx, rev, wid } = value as Record<keyof EnvelopeMeta, unknown>;
  return value['v'] === 1 && value['s'] === 1 && isUuid(uid) && isUuid(oid) && matches(ctx, CTX) && matches(rev, REV) && matches(wid, WID);
}

function hasBody(value: Fields): boolean {
  const recipients = value['r'];
  if (!Array.isArray(recipients) || recipients.length < 1 || recipients.length > 8) return false;
  const named = new Set(recipients.map((r: unknown) => (isFields(r) ? `${String(r['t'])} ${String(r['k'])}` : '')));
  return (
    recipients.every(isRecipient) &&
    named.size === recipients.length &&
    hasBytes(value['m'], 32) &&
    hasBytes(value['n'], 12) &&
    hasContent(value['c']) &&
    (value['sig'] === undefined || hasBytes(value['sig'], 64))
  );
}

function isRecipient(value: unknown): boolean {
  if (!isFields(value)) return false;
  const type = value['t'];
  if (type !== 'd' && type !== 's' && type !== 'h') return false;
  const enc = type === 'h';
  const names = enc ? ['t', 'k', 'w', 'e'] : ['t', 'k', 'w'];
  return (
    hasExactly(value, names) && matches(value['k'], KID) && hasBytes(value['w'], WRAP_LENGTHS[type] ?? 0) && (!enc || hasBytes(value['e'], 32))
  );
}

function hasContent(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_CONTENT) return false;
  const bytes = fromBase64Url(value);
  return bytes !== undefined && bytes.length >= 17;
}

function hasBytes(value: unknown, length: number): boolean {
  return typeof value === 'string' && value.length === Math.ceil((length * 4) / 3) && fromBase64Url(value)?.length === length;
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasExactly(value: Fields, required: readonly string[], optional?: string): boolean {
  const keys = Object.keys(value);
  return required.every((name) => keys.includes(name)) && keys.every((key) => required.includes(key) || key === optional);
}
