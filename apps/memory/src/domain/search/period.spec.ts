import { describe, expect, it } from '@jest/globals';
import { nearness, periodOf } from './period.js';

const NOW = new Date('2026-07-15T12:00:00.000Z'); // a Wednesday

describe('the time that a question names', () => {
  it.each([
    ['what did I do in March?', '2026-03-01', '2026-04-01'],
    ['what did I do in October?', '2025-10-01', '2025-11-01'],
    ['where did I live in May 2023?', '2023-05-01', '2023-06-01'],
    ['where did I live in 2024?', '2024-01-01', '2025-01-01'],
    ['what did I say yesterday?', '2026-07-14', '2026-07-15'],
    ['how did I sleep last week?', '2026-07-06', '2026-07-13'],
    ['what was on my mind last month?', '2026-06-01', '2026-07-01'],
    ['what happened on 2026-02-03?', '2026-02-03', '2026-02-04'],
  ])('%s', (question, from, to) => {
    expect(periodOf(question, NOW)).toEqual({ from: new Date(from), to: new Date(to) });
  });

  it.each(['where do I live?', 'what may help my knee?', 'who is May?'])('is none in: %s', (question) => {
    expect(periodOf(question, NOW)).toBeUndefined();
  });

  it('is nearest inside, still near in the weeks after, and far otherwise', () => {
    const march = { from: new Date('2026-03-01'), to: new Date('2026-04-01') };
    expect([new Date('2026-03-10'), new Date('2026-04-10'), new Date('2026-02-27'), new Date('2026-06-01')].map((at) => nearness(at, march))).toEqual([1, 0.5, 0, 0]);
    expect(nearness(new Date('2026-03-10'), { from: new Date('2026-01-01'), to: new Date('2027-01-01') })).toBe(0.5);
  });
});
