import { describe, expect, it } from '@jest/globals';
import { Lapses } from './lapses.js';

describe('leases of own entries that nobody holds', () => {
  it('are waited for, the first that ends first, and a little longer', () => {
    const lapses = new Lapses();
    expect(lapses.untilNext(0)).toBeUndefined();
    for (const end of [9_000, 5_050, 7_000]) lapses.add(end);
    expect(lapses.untilNext(1_000)).toBe(4_200);
    expect(lapses.untilNext(60_000)).toBe(0);
  });

  it('are forgotten by a hunt that began after their end, and by no other', () => {
    const lapses = new Lapses();
    for (const end of [5_000, 6_000]) lapses.add(end);
    lapses.hunting(5_500);
    lapses.hunting(8_000); // the same hunt: what ended meanwhile may lie where it has been
    lapses.hunted();
    expect(lapses.untilNext(5_600)).toBe(500);
    lapses.hunting(6_100);
    lapses.hunted();
    expect(lapses.untilNext(6_100)).toBeUndefined();
  });

  it('are bounded, however long an outage adds to them', () => {
    const lapses = new Lapses();
    for (let at = 0; at < 1_000_000; at += 1) lapses.add(at * 100);
    expect(lapses.untilNext(0)).toBe(100);
    lapses.hunting(100_100);
    lapses.hunted();
    expect(lapses.untilNext(100_100)).toBeUndefined();
  });
});
