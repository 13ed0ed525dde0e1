import type { Inner, routes } from '@selfos/contracts';

/** One due instance of a task that was done, on one local date. */
export type Occurrence = Inner<(typeof routes)['completeTask']['response']>;
