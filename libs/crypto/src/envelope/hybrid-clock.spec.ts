import { describe, expect, it } from '@jest/globals';
import { HybridClock } from './hybrid-clock.js';

describe('the hybrid clock', () => {
  it('keeps increasing while time stands still, steps back, and after what it has seen', () => {
    let now = 1_000;
    const clock = new HybridClock(() => now);
    const made = [clock.next(), clock.next()];
    now = 500;
    made.push(clock.next());
    now = 2_000;
    made.push(clock.next(), clock.next('0000000f4240-0007'), clock.next('no revision'));
    expect(made).toEqual([...made].sort());
    expect(new Set(made).size).toBe(made.length);
    expect(made[4]).toBe('0000000f4240-0008');
  });

  it('carries a full counter into the next millisecond', () => {
    expect(new HybridClock(() => 0).next('000000000001-ffff')).toBe('000000000002-0000');
  });
});
