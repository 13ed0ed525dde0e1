import type { Uuid } from '@selfos/kernel';

export interface Completions {
  readonly days: number;
  /** The latest of those days, whatever the order in which they were told. */
  readonly latest: string;
}

/** How often each task was done, as far as its events say. Joins the ambient transaction. */
export abstract class CompletionCounts {
  /** Notes a completion, once for each day; completions of one task are noted one after the other. */
  abstract note(userId: Uuid, taskId: Uuid, localDate: string): Promise<Completions>;
  abstract takeBack(userId: Uuid, taskId: Uuid, localDate: string): Promise<void>;
  abstract forget(userId: Uuid, taskId: Uuid): Promise<void>;
}
