import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyFileUnusable } from '../crypto.errors.js';
import { KeyFolder } from './key-folder.js';
import { publicHalf } from './signing-keys.js';

describe('the folder of signing keys', () => {
  let path = '';

  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'selfos-keys-'));
  });
  afterAll(() => rm(path, { recursive: true, force: true }));

  it('gives every process of a service the same pair, private half for its owner only', async () => {
    const pairs = await Promise.all(Array.from({ length: 6 }, () => new KeyFolder(path).signingKey('backend')));
    expect(new Set(pairs.map((pair) => pair.kid)).size).toBe(1);
    expect((await stat(join(path, 'backend.private.json'))).mode & 0o777).toBe(0o600);
    expect(await new KeyFolder(path).publicKey('backend')).toEqual(publicHalf(pairs[0] as (typeof pairs)[number]));
    expect(await new KeyFolder(path).names()).toEqual(['backend']);
  });

  it('refuses a public half that belongs to another pair: nobody would believe this service', async () => {
    await new KeyFolder(path).signingKey('notify');
    await rm(join(path, 'notify.private.json'));
    await expect(new KeyFolder(path).signingKey('notify')).rejects.toMatchObject({ detail: expect.stringContaining('notify.public.json') });
  });

  it('knows no key of a service that never started, and refuses a damaged one', async () => {
    expect(await new KeyFolder(path).publicKey('nobody')).toBeUndefined();
    await writeFile(join(path, 'broken.private.json'), '{"crv":"Ed25519"}', { mode: 0o600 });
    await expect(new KeyFolder(path).signingKey('broken')).rejects.toBeInstanceOf(KeyFileUnusable);
    expect(await new KeyFolder(join(path, 'absent')).names()).toEqual([]);
  });
});
