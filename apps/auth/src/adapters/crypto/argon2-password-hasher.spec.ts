import { describe, expect, it } from '@jest/globals';
import { asHmacKey } from '@selfos/crypto';
import { SignInBusy } from '../../domain/sessions/session.errors.js';
import { Argon2PasswordHasher } from './argon2-password-hasher.js';

describe('hashing passwords', () => {
  const hasher = new Argon2PasswordHasher(asHmacKey(new Uint8Array(32).fill(1)), { memoryKib: 64, passes: 1 });

  it('goes on in turns until a hundred wait, then says it is busy', async () => {
    const results = await Promise.allSettled(Array.from({ length: 110 }, () => hasher.hash('a lamp, a lake, a ladder')));
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).toHaveLength(8);
    expect(failed.every(({ reason }) => reason instanceof SignInBusy)).toBe(true);
    const [first] = results;
    expect(await hasher.verify(first?.status === 'fulfilled' ? first.value : '', 'a lamp, a lake, a ladder')).toBe(true);
  });
});
