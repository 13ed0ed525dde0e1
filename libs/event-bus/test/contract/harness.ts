import { uuidv7 } from '@selfos/kernel';
import { DEFAULT_POLICY, type BusEvent, type DeliveryPolicy, type EventBus, type Subscription } from '../../src/index.js';

/** Impatient, so that five attempts take a moment. */
export const QUICK: DeliveryPolicy = { ...DEFAULT_POLICY, firstPauseMs: 5, pollMs: 50, handlerDeadlineMs: 400, leaseMs: 30_000 };
/** With leases that end soon, for what a dead consumer left. */
export const SHORT_LEASES: DeliveryPolicy = { ...QUICK, leaseMs: 1_500 };

/** What an adapter brings to the contract. */
export interface BusUnderTest {
  /** A bus over the same storage as the others of this check. */
  open(policy: DeliveryPolicy): Promise<EventBus>;
  /** A fresh storage for the next check. */
  reset(): Promise<void>;
  /** A bus that is gone for its storage after `kill`, as if its process had died, while its handlers still hang. */
  openMortal(policy: DeliveryPolicy): Promise<{ readonly bus: EventBus; kill(): Promise<void> }>;
  /** Begins to store an event and returns what commits it. Absent where storing is one step that nothing can come between. */
  begin?(event: BusEvent): Promise<() => Promise<void>>;
  /** True where a client publishes again, by itself, what was not answered in time. */
  readonly repeatsPublications?: boolean;
}

/** What one check works with. */
export interface CheckBench extends BusUnderTest {
  open(policy?: DeliveryPolicy): Promise<EventBus>;
  collect(on: EventBus, group: string, types?: readonly string[]): Promise<{ readonly seen: BusEvent[]; readonly subscription: Subscription }>;
  /** Runs when the check is over, before its buses are closed. */
  atEnd(undo: () => void): void;
}

/** Named promises of the contract; a check that is not kept rejects. */
export type Checks = Readonly<Record<string, (bus: CheckBench) => Promise<void>>>;

export const A = 'task.created';
export const B = 'goal.achieved';

export function anEvent(type: string, data: Record<string, unknown> = {}): BusEvent {
  const event = { specversion: '1.0', id: uuidv7(), type, time: '2026-11-22T08:30:00.000Z', data };
  return event;
}

/** Runs one check on fresh storage and closes what it opened. */
export async function runCheck(under: BusUnderTest, check: (bus: CheckBench) => Promise<void>): Promise<void> {
  const opened: EventBus[] = [];
  const endings: (() => void)[] = [];
  const bench: CheckBench = {
    reset: () => under.reset(),
    repeatsPublications: under.repeatsPublications === true,
    ...(under.begin === undefined ? {} : { begin: under.begin.bind(under) }),
    open: async (policy = QUICK) => {
      const bus = await under.open(policy);
      opened.push(bus);
      return bus;
    },
    openMortal: async (policy) => {
      const mortal = await under.openMortal(policy);
      opened.push(mortal.bus);
      return mortal;
    },
    collect: async (on, group, types = [A]) => {
      const seen: BusEvent[] = [];
      const subscription = await on.subscribe({ group, types, handler: async (event) => void seen.push(event) });
      return { seen, subscription };
    },
    atEnd: (undo) => void endings.push(undo),
  };
  await under.reset();
  try {
    await check(bench);
  } finally {
    for (const undo of endings) undo();
    await Promise.all(opened.map((one) => one.close()));
  }
}
