import { setMaxListeners } from 'node:events';
import { CallerGone, DeadlineExceeded, DependencyUnavailable, NoSignOfLife } from '../problems/http.errors.js';

/** What one call hangs on. */
export interface CallTies {
  /** Milliseconds until its answer has to be complete. */
  readonly left: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly caller: AbortSignal | undefined;
  /** Tells when the service gives no sign of life; gives back what stops it. */
  readonly watch: (lost: () => void) => () => void;
}

/** However many calls hang on one caller. */
function listenTo(caller: AbortSignal, gone: () => void): void {
  setMaxListeners(0, caller);
  caller.addEventListener('abort', gone, { once: true });
}

type Why = 'late' | 'lost' | 'gone' | 'closing';

/**
 * Ends one call when its time is over, the service gives no sign of life, its caller goes away or we close, and says which it was. One
 * signal and timers that are cleared: a signal of its own for each cause, joined, would outlive the call by all the time it had.
 */
export class CallEnds {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly unwatch: () => void;
  private why: Why | undefined;

  constructor(private readonly ties: CallTies) {
    this.timer = setTimeout(() => this.end('late'), ties.left);
    this.unwatch = ties.watch(() => this.end('lost'));
    if (ties.caller?.aborted === true) this.gone();
    else if (ties.caller !== undefined) listenTo(ties.caller, this.gone);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Nothing waits for this call any more: its answer has come, or it failed. */
  release(): void {
    clearTimeout(this.timer);
    this.unwatch();
    this.ties.caller?.removeEventListener('abort', this.gone);
  }

  close(): void {
    this.end('closing');
  }

  /** Whose fault it is that the call failed. A caller who goes away says nothing about the service: it must not count as its outage. */
  failure(service: string, detail: string, cause: unknown): Error {
    switch (this.why) {
      case 'gone':
        return new CallerGone({ cause });
      case 'lost':
        return new NoSignOfLife({ detail: `${service} is not heard of.`, cause });
      case 'late':
        return new DeadlineExceeded({ detail: `${service} did not answer in time.`, cause });
      default:
        return new DependencyUnavailable({ detail, cause });
    }
  }

  private readonly gone = (): void => this.end('gone');

  private end(why: Why): void {
    this.why ??= why;
    this.controller.abort(new Error(`the call ended: ${why}`));
  }
}
