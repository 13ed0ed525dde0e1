import { describe, expect, it } from '@jest/globals';
import { keptFor } from './upstreams.js';

describe('a kept answer', () => {
  it('is asked for once by all who come within its time, failures too', async () => {
    let asked = 0;
    const ask = keptFor(40, () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new Error('down')) : Promise.resolve(asked);
    });
    expect((await Promise.allSettled([ask(), ask(), ask()])).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(asked).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await ask()).toBe(2);
  });
});
