import { describe, it } from '@jest/globals';
import { deliveryChecks } from './contract/delivery-checks.js';
import { failureChecks } from './contract/failure-checks.js';
import { runCheck, type BusUnderTest, type Checks } from './contract/harness.js';
import { recoveryChecks } from './contract/recovery-checks.js';

export { QUICK, SHORT_LEASES, type BusUnderTest } from './contract/harness.js';

/** What every adapter of EventBus promises. */
export const eventBusChecks: Checks = { ...deliveryChecks, ...failureChecks, ...recoveryChecks };

export function eventBusContract(name: string, bus: BusUnderTest): void {
  describe(`EventBus: ${name}`, () => {
    it.each(Object.entries(eventBusChecks))('%s', (_promise, check) => runCheck(bus, check), 40_000);
  });
}
