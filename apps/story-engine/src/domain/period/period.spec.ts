import { describe, expect, it } from '@jest/globals';
import { boundsOf, dayInitials, localDateOf, nextBoundary, weekEndingOn } from './period.js';

const at = (iso: string): number => Date.parse(iso);

describe('a week in the person’s zone', () => {
  it('ends on the date asked for and has seven days', () => {
    expect(weekEndingOn('2026-11-15', 'Europe/Paris')).toEqual({ start: '2026-11-09', end: '2026-11-15', zone: 'Europe/Paris' });
  });

  it('takes the local date, not that of UTC', () => {
    expect(localDateOf(at('2026-11-15T23:30:00Z'), 'Europe/Paris')).toBe('2026-11-16');
    expect(localDateOf(at('2026-11-16T03:30:00Z'), 'America/New_York')).toBe('2026-11-15');
  });

  it('is an hour longer when the clocks go back, and shorter when they go forward', () => {
    const hours = (end: string): number => {
      const { from, until } = boundsOf(weekEndingOn(end, 'Europe/Paris'));
      return (until - from) / 3_600_000;
    };
    expect(hours('2026-10-25')).toBe(7 * 24 + 1);
    expect(hours('2026-03-29')).toBe(7 * 24 - 1);
    expect(hours('2026-11-15')).toBe(7 * 24);
  });

  it('gives its days’ initials in order', () => {
    expect(dayInitials(weekEndingOn('2026-11-15', 'UTC')).join('')).toBe('MTWTFSS');
    expect(dayInitials(weekEndingOn('2026-11-18', 'UTC')).join('')).toBe('TFSSMTW');
  });
});

describe('the week’s boundary', () => {
  it('is Sunday evening of the person’s own clock', () => {
    const { at: instant, week } = nextBoundary(at('2026-11-11T12:00:00Z'), 'Asia/Tokyo', '18:00');
    expect(new Date(instant).toISOString()).toBe('2026-11-15T09:00:00.000Z');
    expect(week).toEqual({ start: '2026-11-09', end: '2026-11-15', zone: 'Asia/Tokyo' });
  });

  it('is next week’s once it has struck', () => {
    const struck = nextBoundary(at('2026-11-15T18:00:00Z'), 'UTC', '18:00');
    expect(new Date(struck.at).toISOString()).toBe('2026-11-22T18:00:00.000Z');
    expect(struck.week.start).toBe('2026-11-16');
    expect(nextBoundary(at('2026-11-15T17:59:59Z'), 'UTC', '18:00').week.end).toBe('2026-11-15');
  });

  it('keeps its wall time across a change of clocks', () => {
    const { at: instant } = nextBoundary(at('2026-10-20T12:00:00Z'), 'Europe/Paris', '18:00');
    expect(new Date(instant).toISOString()).toBe('2026-10-25T17:00:00.000Z');
  });
});
