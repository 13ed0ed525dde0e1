import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { databaseFor, eventually, requireRealPart, startFaultProxy, type TestDatabase } from '@selfos/testing';
import { ClockUnavailable, openClock, SharedClock } from './index.js';

const describeReal = requireRealPart('postgres');
const DAY = 86_400_000;

describeReal('domain time that is shared', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseFor('clock');
  });
  afterAll(() => database.drop());

  it('moves in every process, survives them, and never goes back', async () => {
    const [one, other] = await Promise.all([SharedClock.open(database.url), SharedClock.open(database.url)]);
    const target = new Date(Date.now() + 3 * DAY);
    await one.moveTo(target);
    expect(Math.abs(one.nowMs() - target.getTime())).toBeLessThan(5_000);
    await eventually(() => expect(Math.abs(other.nowMs() - one.nowMs())).toBeLessThan(1_000));
    await other.moveTo(new Date(Date.now() + DAY));
    expect(other.nowMs() - Date.now()).toBeGreaterThan(2 * DAY);
    await Promise.all([one.close(), other.close()]);
    const later = await SharedClock.open(database.url);
    expect(later.nowMs() - Date.now()).toBeGreaterThan(2 * DAY);
    await later.close();
  });

  it('goes on while the database is away, and follows again after it comes back', async () => {
    const [proxy, other] = [await startFaultProxy(Number(new URL(database.url).port)), await SharedClock.open(database.url)];
    const clock = await SharedClock.open(proxy.through(database.url));
    const before = clock.nowMs();
    proxy.cut(true);
    await eventually(() => expect(clock.moveTo(new Date())).rejects.toBeInstanceOf(ClockUnavailable));
    expect(clock.nowMs()).toBeGreaterThanOrEqual(before);
    await other.moveTo(new Date(Date.now() + 9 * DAY));
    proxy.heal();
    await eventually(() => expect(clock.nowMs() - Date.now()).toBeGreaterThan(8 * DAY));
    await clock.moveTo(new Date(Date.now() + 10 * DAY));
    await eventually(() => expect(other.nowMs() - Date.now()).toBeGreaterThan(9.5 * DAY));
    await Promise.all([clock.close(), other.close()]);
    await proxy.close();
  });

  it('is the machine’s clock when time travel is off', async () => {
    const clock = await openClock({ timeTravel: false, databaseUrl: 'postgresql://nowhere.invalid/x' });
    expect(Math.abs(clock.nowMs() - Date.now())).toBeLessThan(1_000);
  });
});
