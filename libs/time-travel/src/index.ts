import { SystemClock, type Clock } from '@selfos/kernel';
import { SharedClock } from './shared-clock.js';

export * from './shared-clock.js';
export { ClockUnavailable } from './time-travel.errors.js';

export interface ClockOptions {
  /** `SELFOS_TIME_TRAVEL`; a configuration that sets it in production is refused before this is asked. */
  readonly timeTravel: boolean;
  readonly databaseUrl: string;
}

/** The clock of a process: the machine's, or with time travel the one that all processes share. */
export async function openClock(options: ClockOptions): Promise<Clock> {
  return options.timeTravel ? SharedClock.open(options.databaseUrl) : new SystemClock();
}
