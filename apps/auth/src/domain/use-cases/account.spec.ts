import { describe, expect, it } from '@jest/globals';
import { DOMAINS, type ServiceName } from '@selfos/contracts';
import { uuidv7 } from '@selfos/kernel';
import { ada, authKit } from '../../../test/auth-kit.js';
import { KeyForbidden, KeyNotFound } from '../keys/key.errors.js';
import { UserNotFound, UserVersionMismatch } from '../users/user.errors.js';

describe('changing the time zone', () => {
  it('raises the version and tells of it, once for each version', async () => {
    const kit = await authKit();
    const { id } = await kit.register.execute(ada);
    const changed = await kit.changeTimezone.execute(id, { timezone: 'Asia/Tokyo', ifMatch: 1 });
    expect(changed).toMatchObject({ timezone: 'Asia/Tokyo', version: 2 });
    await expect(kit.changeTimezone.execute(id, { timezone: 'Asia/Seoul', ifMatch: 1 })).rejects.toThrow(UserVersionMismatch);
    expect(await kit.changeTimezone.execute(id, { timezone: 'Asia/Seoul', ifMatch: '*' })).toMatchObject({ version: 3 });
    expect(kit.events.told.slice(1)).toEqual([`user.updated ${id} Asia/Tokyo`, `user.updated ${id} Asia/Seoul`]);
  });

  it('knows no account of a stranger', async () => {
    const kit = await authKit();
    await expect(kit.changeTimezone.execute(uuidv7(), { timezone: 'Asia/Tokyo', ifMatch: '*' })).rejects.toThrow(UserNotFound);
  });
});

describe('providing keys', () => {
  const allowed: readonly (readonly [ServiceName, readonly string[]])[] = [
    ['gateway', DOMAINS],
    ['ai-engine', DOMAINS.filter((domain) => domain !== 'media')],
    ['memory', ['memories', 'profile']],
    ['story-engine', ['media', 'stories']],
    ['backend', []],
    ['notify', []],
    ['rlhf', []],
    ['auth', []],
  ];

  it.each(allowed)('gives %s the keys of its own domains and no others', async (service, domains) => {
    const kit = await authKit();
    const { id } = await kit.register.execute(ada);
    for (const domain of DOMAINS) {
      const asked = kit.provideKey.execute(id, { service, domain, epoch: 1 });
      if (domains.includes(domain)) expect(await asked).toHaveLength(32);
      else await expect(asked).rejects.toThrow(KeyForbidden);
    }
  });

  it('has no key of strangers, other epochs or nameless callers', async () => {
    const kit = await authKit();
    const { id } = await kit.register.execute(ada);
    await expect(kit.provideKey.execute(uuidv7(), { service: 'gateway', domain: 'tasks', epoch: 1 })).rejects.toThrow(KeyNotFound);
    await expect(kit.provideKey.execute(id, { service: 'gateway', domain: 'tasks', epoch: 2 })).rejects.toThrow(KeyNotFound);
    await expect(kit.provideKey.execute(id, { service: undefined, domain: 'tasks', epoch: 1 })).rejects.toThrow(KeyForbidden);
  });
});
