import type { Uuid } from '@selfos/kernel';

export interface Completions {
  readonly days: number;
  /** The latest of those days, whatever the order in which they were told. */
  readonly latest: string;
}

/** One day of one task, as an event told of it. */
export interface ToldDay {
  readonly taskId: Uuid;
  readonly localDate: string;
  /** Of the event: an older one changes nothing. */
  readonly seq: number;
}

/** How often each task was done, as far as its events say, in whatever order they come. Joins the ambient transaction. */
export abstract class CompletionCounts {
  /** Notes a completion, once for each day; completions of one task are noted one after the other. Undefined when newer news is known. */
  abstract note(userId: Uuid, day: ToldDay): Promise<Completions | undefined>;
  abstract takeBack(userId: Uuid, day: ToldDay): Promise<void>;
  abstract forget(userId: Uuid, taskId: Uuid): Promise<void>;
}
