import { describe, expect, it } from '@jest/globals';
import { isUuid } from '@selfos/kernel';
import { utf8 } from '../bytes.js';
import { asHmacKey } from '../keys/keys.js';
import { systemRandom } from '../primitives/primitives.js';
import { deriveHmacKey, deriveUuid, emailHash, keyedHash, pseudonym, requestFingerprint } from './keyed-hashes.js';
import { hashPassword, verifyPassword } from './password-hash.js';
import { newSecretToken, secretTokenHash } from './secret-token.js';

const root = new Uint8Array(32).fill(7);
const key = asHmacKey(root);
const cheap = { memoryKib: 8, passes: 1 };

describe('keyed hashes', () => {
  it('give one address one hash however it is spelt, and another under another purpose', async () => {
    const index = await deriveHmacKey(root, 'email-index');
    const hash = await emailHash(index, 'Ada@Example.org');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await emailHash(index, ' ａda@example.ORG ')).toBe(hash);
    expect(await emailHash(await deriveHmacKey(root, 'other'), 'ada@example.org')).not.toBe(hash);
  });

  it('keep their parts apart', async () => {
    expect(await keyedHash(key, 'ab', 'c')).not.toEqual(await keyedHash(key, 'a', 'bc'));
  });

  it('name the same object again', async () => {
    const name = async (route: string): Promise<string> => deriveUuid(await keyedHash(key, 'ada', route, 'key-1'));
    expect(await name('createTask')).toBe(await name('createTask'));
    expect(await name('createTask')).not.toBe(await name('createGoal'));
    expect(isUuid(await name('createTask'))).toBe(true);
  });

  it('tell equal requests from others', async () => {
    const request = { method: 'post', path: '/api/v1/tasks', body: utf8('{}') };
    const print = await requestFingerprint(key, request);
    expect(await requestFingerprint(key, { ...request, method: 'POST' })).toBe(print);
    expect(await requestFingerprint(key, { ...request, body: utf8('{ }') })).not.toBe(print);
    expect(await pseudonym(key, 'ada')).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('password hashes', () => {
  it('know their password and their pepper', async () => {
    const hash = await hashPassword(key, 'correct horse battery', cheap);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    expect(await verifyPassword(key, hash, 'correct horse battery')).toBe(true);
    expect(await verifyPassword(key, hash, 'correct horse batterz')).toBe(false);
    expect(await verifyPassword(asHmacKey(systemRandom(32)), hash, 'correct horse battery')).toBe(false);
    expect(await verifyPassword(key, 'no hash', 'x')).toBe(false);
  });

  it('take the same word in either Unicode form', async () => {
    expect(await verifyPassword(key, await hashPassword(key, 'caf\u00e9', cheap), 'cafe\u0301')).toBe(true);
  });
});

describe('secret tokens', () => {
  it('are long, new each time, and stored as a hash', async () => {
    const token = newSecretToken();
    expect(token).toHaveLength(43);
    expect(token).not.toBe(newSecretToken());
    expect(await secretTokenHash(token)).toMatch(/^[0-9a-f]{64}$/);
  });
});
