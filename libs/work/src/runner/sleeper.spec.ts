import { describe, expect, it } from '@jest/globals';
import { Sleeper } from './sleeper.js';

describe('a sleeper', () => {
  it('wakes when told, and sleeps on otherwise', async () => {
    const sleeper = new Sleeper();
    const slept = sleeper.sleep(60_000);
    sleeper.wake();
    await slept;
    await sleeper.sleep(1);
  });

  it('does not sleep after a wake-up that came while it was awake', async () => {
    const sleeper = new Sleeper();
    sleeper.wake();
    const begun = Date.now();
    await sleeper.sleep(60_000);
    expect(Date.now() - begun).toBeLessThan(30_000);
  });
});
