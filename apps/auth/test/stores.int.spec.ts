import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileKeyWrap } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { requireRealPart } from '@selfos/testing';
import { postgresStores, type PostgresStores } from './postgres-stores.js';
import { storesSuite } from './repositories.suite.js';

requireRealPart('postgres')('the stores on PostgreSQL', () => storesSuite(() => postgresStores('embedded')));
requireRealPart('postgres-15')('the stores on PostgreSQL 15', () => storesSuite(() => postgresStores('15')));

requireRealPart('postgres')('the key file', () => {
  it('has to be the one that wrapped the keys', async () => {
    const stores = await postgresStores('embedded');
    const folder = await mkdtemp(join(tmpdir(), 'selfos-auth-'));
    await stores.keyRingWith(stores.wrap).checkKeyFile();
    await stores.keyRingWith(stores.wrap).checkKeyFile();
    const other = stores.keyRingWith(await FileKeyWrap.open(join(folder, 'kek.json')));
    await expect(other.checkKeyFile()).rejects.toMatchObject({ code: 'crypto.key-file.unusable', detail: expect.stringContaining('right file') });
    await stores.close();
    await rm(folder, { recursive: true });
  }, 60_000);
});

requireRealPart('postgres')('strangers', () => {
  let stores: PostgresStores;

  beforeAll(async () => {
    stores = await postgresStores('embedded');
  }, 60_000);
  afterAll(() => stores.close());

  describe('without a WHERE', () => {
    it('see no account, address, session or token but their own, and nobody sees none', async () => {
      const people = [uuidv7(), uuidv7()];
      for (const id of people) {
        await stores.as(id, async () => {
          const emailHash = id.replaceAll('-', '').repeat(2);
          await stores.users.create(id, { id, emailHash, email: {}, passwordHash: 'x', timezone: 'UTC', tier: 'standard', createdAt: new Date(), version: 1 });
          await stores.sessions.start(id, { id, createdAt: new Date() });
          await stores.sessions.addToken(id, { hash: emailHash, sessionId: id, issuedAt: new Date(), expiresAt: new Date() });
        });
      }
      const seen = (as: string | undefined, table: string): Promise<{ user_id: string }[]> => stores.as(as, () => stores.context.manager().query(`SELECT user_id FROM ${table}`));
      for (const table of ['users', 'addresses', 'sessions', 'refresh_tokens']) {
        expect([table, await seen(people[0], table), await seen(undefined, table)]).toEqual([table, [{ user_id: people[0] }], []]);
      }
    });
  });
});
