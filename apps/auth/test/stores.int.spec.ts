import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileKeyWrap } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { Housekeeping, WorkerDatabase } from '@selfos/persistence';
import { requireRealPart } from '@selfos/testing';
import { OVER_SESSIONS } from '../src/repositories/typeorm/over-sessions.js';
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
  });
});

requireRealPart('postgres')('sessions that are over', () => {
  it('are deleted with their tokens, and the rest is seen by nobody', async () => {
    const stores = await postgresStores('embedded');
    const worker = new WorkerDatabase(stores.accounts.worker, stores.accounts.address.workerUrl);
    const [ada, past, later] = [uuidv7(), new Date(Date.now() - 1_000), new Date(Date.now() + 60_000)];
    const hashOf = (digit: string): string => digit.repeat(64);
    await stores.as(ada, async () => {
      await stores.users.create(ada, { id: ada, emailHash: hashOf('a'), email: {}, passwordHash: 'x', timezone: 'UTC', tier: 'standard', createdAt: past, version: 1 });
      for (const [digit, expiresAt] of [['1', past], ['2', later]] as const) {
        const sessionId = uuidv7();
        await stores.sessions.start(ada, { id: sessionId, createdAt: past });
        await stores.sessions.addToken(ada, { hash: hashOf(digit), sessionId, issuedAt: past, expiresAt: past });
        await stores.sessions.addToken(ada, { hash: hashOf(digit === '1' ? '3' : '4'), sessionId, issuedAt: past, expiresAt });
        if (digit === '1') await stores.context.manager().query('UPDATE sessions SET expires_at = $2 WHERE id = $1', [sessionId, past]);
      }
    });
    await new Housekeeping(worker, { sweeps: OVER_SESSIONS, logger: { error: (_message, fields) => { throw fields?.['error']; } } }).sweep();
    const left = (table: string, column: string) => stores.as(ada, () => stores.context.manager().query(`SELECT ${column} FROM ${table}`));
    expect(await left('refresh_tokens', 'hash')).toEqual([{ hash: hashOf('4') }]);
    expect(await left('sessions', 'user_id')).toHaveLength(1);
    for (const { table } of OVER_SESSIONS) expect(await worker.query(`SELECT * FROM ${table}`)).toEqual([]);
    await stores.close();
  });
});

requireRealPart('postgres')('strangers', () => {
  let stores: PostgresStores;

  beforeAll(async () => {
    stores = await postgresStores('embedded');
  });
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
