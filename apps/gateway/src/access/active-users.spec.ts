import { describe, expect, it } from '@jest/globals';
import { ActiveUsers } from './active-users.js';

describe('active users', () => {
  it('are counted once each, for a quarter of an hour after their last request', () => {
    const users = new ActiveUsers();
    users.seen('ada', 0);
    users.seen('bob', 60_000);
    users.seen('ada', 120_000);
    expect(users.count(120_000)).toBe(2);
    expect(users.count(60_000 + 15 * 60_000)).toBe(1);
    expect(users.count(120_000 + 15 * 60_000)).toBe(0);
  });
});
