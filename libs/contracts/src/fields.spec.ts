import { describe, expect, it } from '@jest/globals';
import { isUuid } from '@selfos/kernel';
import { id, instant, localDate } from './fields.js';

describe('the fields that contracts share', () => {
  it('take an id in capitals for the same id, and nothing for an id that no envelope could be bound to', () => {
    expect(id.parse('0198C0DE-0000-7000-8000-00000000ADA0')).toBe('0198c0de-0000-7000-8000-00000000ada0');
    for (const text of ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'x']) {
      expect(isUuid(text)).toBe(false);
      expect(id.safeParse(text).success).toBe(false);
    }
  });

  it('refuse times that no database and no calendar here can hold', () => {
    for (const text of ['0000-01-01', '9999-12-31', '2026-02-30']) expect(localDate.safeParse(text).success).toBe(false);
    for (const text of ['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+10:00', '9999-12-31T23:59:59-10:00']) expect(instant.safeParse(text).success).toBe(false);
    expect([localDate.safeParse('2026-03-01').success, instant.safeParse('2026-03-01T07:00:00+14:00').success]).toEqual([true, true]);
  });
});
