import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOMAINS } from '@selfos/contracts';
import { uuidv7, type Uuid } from '@selfos/kernel';
import type { KeyRing } from '../src/domain/keys/key-ring.js';
import type { SessionRepository } from '../src/domain/sessions/session.repository.js';
import type { UserRepository } from '../src/domain/users/user.repository.js';
import type { User } from '../src/domain/users/user.js';

/** Adapters of auth's three stores, and how work is done on them for somebody. */
export interface Stores {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly keys: KeyRing;
  /** In one transaction, as this person or as nobody. */
  as<T>(userId: Uuid | undefined, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const hash = (): string => `${uuidv7()}${uuidv7()}`.replaceAll('-', '');

function someone(): User {
  return { id: uuidv7(), emailHash: hash(), email: { sealed: 'x' }, passwordHash: '$argon2id$', timezone: 'Europe/Paris', tier: 'standard', createdAt: new Date(1_763_805_600_000), version: 1 };
}

/** What every adapter of auth's stores does. */
export function storesSuite(open: () => Promise<Stores>): void {
  let stores: Stores;

  beforeAll(async () => {
    stores = await open();
  });
  afterAll(() => stores.close());

  async function kept(user = someone()): Promise<User> {
    await stores.as(user.id, () => stores.users.create(user.id, user));
    return user;
  }

  describe('accounts', () => {
    it('are found by the hash of their address before anybody is known, and read by their owner', async () => {
      const user = await kept();
      expect(await stores.as(undefined, () => stores.users.findIdByEmailHash(user.emailHash))).toBe(user.id);
      expect(await stores.as(undefined, () => stores.users.findIdByEmailHash(hash()))).toBeUndefined();
      expect(await stores.as(user.id, () => stores.users.find(user.id))).toEqual(user);
    });

    it('share neither id nor address, and a refused one leaves nothing', async () => {
      const user = await kept();
      const other = someone();
      expect(await stores.as(user.id, () => stores.users.create(user.id, { ...other, id: user.id }))).toBe('id-taken');
      const refused = stores.as(other.id, async () => {
        expect(await stores.users.create(other.id, { ...other, emailHash: user.emailHash })).toBe('email-taken');
        throw new Error('undo');
      });
      await expect(refused).rejects.toThrow('undo');
      expect(await stores.as(user.id, () => stores.users.find(user.id))).toEqual(user);
    });

    it('move to another zone only from the version that was read', async () => {
      const user = await kept();
      const move = (version: number) => stores.as(user.id, () => stores.users.changeTimezone(user.id, 'Asia/Tokyo', version));
      expect(await move(1)).toEqual({ ...user, timezone: 'Asia/Tokyo', version: 2 });
      expect(await move(1)).toBeUndefined();
    });
  });

  describe('refresh tokens', () => {
    const at = new Date(1_763_805_700_000);
    const later = new Date(at.getTime() + 1000);

    async function session(): Promise<{ user: User; sessionId: Uuid; token: string; consume(as?: Uuid, when?: Date): ReturnType<SessionRepository['consume']> }> {
      const user = await kept();
      const sessionId = uuidv7();
      const token = hash();
      await stores.as(user.id, async () => {
        await stores.sessions.start(user.id, { id: sessionId, createdAt: at });
        await stores.sessions.addToken(user.id, { hash: token, sessionId, issuedAt: at, expiresAt: later });
      });
      return { user, sessionId, token, consume: (as = user.id, when = at) => stores.as(as, () => stores.sessions.consume(as, token, when)) };
    }

    it('work once, also for many callers at once', async () => {
      const { consume, sessionId } = await session();
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => consume()));
      expect(outcomes.filter(({ kind }) => kind === 'consumed')).toEqual([{ kind: 'consumed', sessionId }]);
      expect(outcomes.filter(({ kind }) => kind === 'reused')).toHaveLength(3);
    });

    it('work neither late, nor for others, nor after the end of their session', async () => {
      const { user, sessionId, token, consume } = await session();
      expect(await consume(user.id, later)).toEqual({ kind: 'refused' });
      expect(await consume((await kept()).id)).toEqual({ kind: 'refused' });
      const end = { reason: 'logout', at } as const;
      expect(await stores.as(user.id, () => stores.sessions.findSessionId(user.id, token))).toBe(sessionId);
      expect(await stores.as(user.id, () => stores.sessions.revoke(user.id, sessionId, end))).toBe(true);
      expect(await stores.as(user.id, () => stores.sessions.revoke(user.id, sessionId, end))).toBe(false);
      expect(await consume()).toEqual({ kind: 'refused' });
    });
  });

  describe('keys', () => {
    it('are made once, ten different ones, and stay', async () => {
      const user = uuidv7();
      await stores.keys.create(user);
      const read = async (): Promise<string[]> => {
        const keys = await Promise.all([...DOMAINS.map((domain) => stores.keys.domainKey(user, domain, 1)), stores.keys.serverKey(user)]);
        return keys.map((key) => Buffer.from(key ?? []).toString('hex'));
      };
      const first = await read();
      await Promise.all([stores.keys.create(user), stores.keys.create(user)]);
      expect(await read()).toEqual(first);
      expect(new Set(first).size).toBe(10);
      expect(first.every((key) => key.length === 64)).toBe(true);
    });

    it('are there for nobody else', async () => {
      expect(await stores.keys.serverKey(uuidv7())).toBeUndefined();
      expect(await stores.keys.domainKey(uuidv7(), 'tasks', 1)).toBeUndefined();
    });
  });
}
