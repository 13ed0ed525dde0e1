import { describe, expect, it } from '@jest/globals';
import { defineError } from '@selfos/kernel';
import { isOutage } from './error-class.js';

class Away extends defineError('work.spec.away', 'unavailable', 'Away') {}
class Wrong extends defineError('work.spec.wrong', 'invalid', 'Wrong') {}

describe('an outage', () => {
  it('is what says so, a lost connection or a late answer, also where it only caused the error', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    const late = Object.assign(new Error('x'), { name: 'TimeoutError' });
    for (const error of [new Away(), refused, late, new TypeError('fetch failed', { cause: refused })]) expect(isOutage(error)).toBe(true);
  });

  it('is nothing else, whatever caused it', () => {
    const circular: { cause?: unknown } = new Error('x');
    circular.cause = circular;
    for (const error of [new Wrong({ cause: new Away() }), new TypeError('x'), circular, undefined, 'ECONNREFUSED']) expect(isOutage(error)).toBe(false);
  });
});
