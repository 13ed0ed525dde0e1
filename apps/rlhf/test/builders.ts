import type { EnvelopeJson } from '@selfos/contracts';

export const ADA = '018f0000-0000-7000-8000-00000000000a';
export const BOB = '018f0000-0000-7000-8000-00000000000b';
export const CONVERSATION = '018f0000-0000-7000-8000-0000000000c1';

/** Shaped like an envelope; nothing here opens it. */
export function sealedFor(oid: string, more: Partial<EnvelopeJson> = {}): EnvelopeJson {
  return { v: 1, s: 1, uid: ADA, oid, ctx: 'feedback.record.correction', rev: '1:0:a', wid: 'edge:1', r: [{ t: 'd', k: 'feedback:1', w: 'AA' }], m: 'AA', n: 'AA', c: 'AA', ...more };
}
