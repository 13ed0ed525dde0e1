import { z } from 'zod';
import { clear } from './marks.js';

const base64url = (reason: string) => clear(reason, z.string().regex(/^[A-Za-z0-9_-]+$/).max(2_000_000));

/**
 * SelfOS Envelope 1 (`application/selfos-envelope+json`) as it travels: its shape only.
 * Lengths, canonical encoding and authenticity are checked where it is opened.
 */
export const envelopeSchema = z
  .strictObject({
    v: z.literal(1),
    s: z.union([z.literal(1), z.literal(2)]),
    uid: z.uuid(),
    oid: z.uuid(),
    ctx: clear('place of a sealed field', z.string().regex(/^[a-z_]+(\.[a-z_]+){2}$/).max(100)),
    rev: clear('hybrid logical clock of the writer', z.string().regex(/^[0-9a-z.:-]{1,64}$/)),
    wid: clear('writer id', z.string().regex(/^[a-z]+:[A-Za-z0-9_-]{1,64}$/)),
    r: z
      .array(
        z.strictObject({
          t: z.enum(['d', 'h', 's']),
          k: clear('key id', z.string().regex(/^[A-Za-z0-9:._-]{1,128}$/)),
          w: base64url('wrapped key'),
          e: base64url('encapsulated key').optional(),
        }),
      )
      .min(1)
      .max(8),
    m: base64url('key commitment'),
    n: base64url('nonce'),
    c: base64url('ciphertext'),
    sig: base64url('signature').optional(),
  })
  .meta({ id: 'Envelope', title: 'Envelope' });

export type EnvelopeJson = z.infer<typeof envelopeSchema>;

/** A copy of another object's sealed field. */
export const sealedCopySchema = z
  .strictObject({
    oid: z.uuid(),
    ctx: clear('place of a sealed field', z.string().regex(/^[a-z_]+(\.[a-z_]+){2}$/).max(100)),
    envelope: envelopeSchema,
  })
  .meta({ id: 'SealedCopy', title: 'SealedCopy' });

export type SealedCopyJson = z.infer<typeof sealedCopySchema>;
