import { describe, expect, it } from '@jest/globals';
import { InvalidRule } from './recurrence.errors.js';
import { canonicalRule } from './rule.js';

describe('canonicalRule', () => {
  it.each([
    ['RRULE:FREQ=DAILY', 'FREQ=DAILY'],
    ['freq=weekly;byday=th,tu', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['FREQ=DAILY;BYDAY=MO,TU', 'FREQ=WEEKLY;BYDAY=MO,TU'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU', 'FREQ=DAILY'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,1,1', 'FREQ=MONTHLY;BYMONTHDAY=1,-1'],
    ['FREQ=DAILY;INTERVAL=1;COUNT=5;WKST=MO', 'FREQ=DAILY;COUNT=5'],
    ['UNTIL=20261231;FREQ=DAILY', 'FREQ=DAILY;UNTIL=20261231'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalRule(text)).toBe(canonical);
  });

  it.each([
    ['', 'NAME=value'],
    ['FREQ=HOURLY', 'DAILY, WEEKLY or MONTHLY'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'twice'],
    ['FREQ=DAILY;BYHOUR=7', 'another part'],
    ['FREQ=DAILY;INTERVAL=0', '1 to 366'],
    ['FREQ=WEEKLY;BYDAY=XX', 'MO, TU'],
    ['FREQ=MONTHLY;BYDAY=1MO', 'BYDAY takes'],
    ['FREQ=MONTHLY;BYDAY=MO', 'BYMONTHDAY=15'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'or -1'],
    ['FREQ=DAILY;BYMONTHDAY=3', 'needs FREQ=MONTHLY'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20261231', 'not by both'],
    ['FREQ=DAILY;UNTIL=20260230', 'UNTIL=20261231'],
    ['FREQ=WEEKLY;WKST=SU', 'start on Monday'],
    ['FREQ=DAILY;INTERVAL=2;BYDAY=MO', 'use FREQ=WEEKLY'],
  ])('refuses "%s" and says what to write: %s', (text, hint) => {
    expect(() => canonicalRule(text)).toThrow(InvalidRule);
    expect(() => canonicalRule(text)).toThrow(hint);
  });
});
