import { defineError } from '@selfos/kernel';

/** The database that holds the shared offset cannot be asked right now; readers keep the last offset. */
export class ClockUnavailable extends defineError('time-travel.clock.unavailable', 'unavailable', 'Domain time cannot be moved right now') {}
