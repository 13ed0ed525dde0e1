import { describe, expect, it } from '@jest/globals';
import { DOMAINS } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { ada, authKit } from '../../../test/auth-kit.js';
import { EmailTaken, UserIdTaken, WeakPassword } from '../users/user.errors.js';

describe('registering', () => {
  it('makes an account with nine domain keys and a server key, and tells of it', async () => {
    const kit = await authKit();
    const user = await kit.register.execute(ada);
    for (const domain of DOMAINS) expect(await kit.keys.domainKey(user.id, domain, 1)).toHaveLength(32);
    expect(await kit.keys.domainKey(user.id, 'tasks', 2)).toBeUndefined();
    expect(await kit.keys.serverKey(user.id)).toHaveLength(32);
    expect(user).toMatchObject({ timezone: 'Europe/London', tier: 'standard', version: 1 });
    expect(kit.events.told).toEqual([`user.registered ${user.id}`]);
  });

  it('keeps neither address nor password, and gives the address back to its owner', async () => {
    const kit = await authKit();
    const user = await kit.register.execute(ada);
    expect(JSON.stringify(user)).not.toMatch(/ada@|lamp/i);
    expect(user.emailHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await kit.accounts.view(user)).toEqual({ user, email: 'Ada@Example.org' });
  });

  it('takes the id that the client brings, once', async () => {
    const kit = await authKit();
    const id = uuidv7();
    expect((await kit.register.execute({ ...ada, id })).id).toBe(id);
    await expect(kit.register.execute({ ...ada, id, email: 'bob@example.org' })).rejects.toThrow(UserIdTaken);
  });

  it('gives an address to one account only, however it is spelt', async () => {
    const kit = await authKit();
    await kit.register.execute(ada);
    await expect(kit.register.execute({ ...ada, email: 'ada@EXAMPLE.org' })).rejects.toThrow(EmailTaken);
    expect(kit.events.told).toHaveLength(1);
  });

  it.each([
    ['short', 'eleven char', 'at least 12'],
    ['endless', 'ab cd'.repeat(60), 'at most 256'],
    ['one character over and over', 'aaaaaaaaaaaaaaaa', 'more than three'],
    ['the address itself', 'ada@example.org!!', 'e-mail address'],
  ])('refuses a password that is %s, and says why', async (_what, password, reason) => {
    const kit = await authKit();
    const refused = kit.register.execute({ ...ada, password });
    await expect(refused).rejects.toThrow(WeakPassword);
    await expect(refused).rejects.toMatchObject({ issues: [{ pointer: '/password', detail: expect.stringContaining(reason) }] });
    expect(kit.events.told).toEqual([]);
  });

  it('counts characters and not bytes', async () => {
    const kit = await authKit();
    await expect(kit.register.execute({ ...ada, password: '早起きは三文の徳である！' })).resolves.toBeDefined();
  });
});
