import { readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from '@jest/globals';
import { bytesOf, openIndependently } from '../../test/independent-open.js';
import { makeVectors, type Vector } from '../vectors/make-vectors.js';
import { SealRefused } from '../crypto.errors.js';
import { asDomainKey, asServerKey } from '../keys/keys.js';
import { openEnvelope } from './open-envelope.js';
import type { KeyHolder } from './seal-envelope.js';

const text = readFileSync(new URL('../../vectors/envelope-1.json', import.meta.url), 'utf8');
const { vectors } = JSON.parse(text) as { vectors: Vector[] };

function holderOf({ recipient }: Vector): KeyHolder {
  const bytes = hexToBytes(recipient.keyHex);
  return recipient.t === 's' ? { t: 's', k: recipient.k, key: asServerKey(bytes) } : { t: 'd', k: recipient.k, key: asDomainKey(bytes) };
}

describe('the published vectors of envelope 1', () => {
  it('are twenty, and exactly what sealing with their randomness gives', async () => {
    expect(vectors).toHaveLength(20);
    expect(`${JSON.stringify(await makeVectors(), null, 2)}\n`).toBe(text);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('open here and in a second implementation: %s', async (_name, vector) => {
    const { envelope } = vector;
    const opened = await openEnvelope({ envelope: JSON.stringify(envelope), expected: envelope, holder: holderOf(vector) });
    expect(opened).toEqual(bytesOf(vector.plaintext));
    expect(openIndependently(vector)).toEqual(bytesOf(vector.plaintext));
  });

  it.each(vectors.map((vector) => [vector.refused.why, vector] as const))('are refused with %s', async (_why, vector) => {
    const { uid, oid, ctx } = JSON.parse(vector.refused.json) as Vector['envelope'];
    // expected as the envelope claims, so that cryptography and not the comparison of names has to refuse
    const opening = openEnvelope({ envelope: vector.refused.json, expected: { uid, oid, ctx }, holder: holderOf(vector) });
    await expect(opening).rejects.toEqual(new SealRefused());
  });
});
