import { describe, expect, it } from '@jest/globals';
import { extractSaid } from '../remembering/extract-said.js';
import { planFromMessage } from './plan-from-message.js';

const LENGTH = 20_000;
const SEEDS = [
  'on monday and ', 'a', ' ', 'hi ', 'I want to ', 'every other ', '1', '9 to ', 'my bad ', 'the ', 'in a ', '"', 'I have a ', 'bad bad ', 'by ', 'mon, ', 'write ', 'and run ', 'learn a', '\n', '. ', 'i ',
  "i'm so very really ", 'a-', '$1,', 'plan ', 'give a ', 'remind me ', 'I feel ', '😀', 'next ', 'march ', '12 ', '12:30 ', 'twice a ', '{n}', 'so well ok ', 'today yesterday ', 'before the end of ', 'i want to exercise and ',
];

describe('a text of the greatest length that is accepted', () => {
  it.each(SEEDS)('made of %j is read without getting stuck', (seed) => {
    const text = seed.repeat(Math.ceil(LENGTH / seed.length)).slice(0, LENGTH);
    const start = process.cpuUsage();
    planFromMessage({ message: text, context: {}, zone: 'Europe/Paris', nowMs: Date.parse('2026-03-04T08:00:00Z'), memories: [] });
    extractSaid(text);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(3_000);
  });
});
