import type { Logger } from '@selfos/observability';
import type { Claim } from '../domain/job.js';
import type { WorkStore } from '../domain/work-store.js';
import { LeaseLost } from '../domain/work.errors.js';

/** One job in this runner's hands, for as long as it runs. */
export class Holding {
  private controller: AbortController | undefined;
  private reason: Error | undefined;

  constructor(readonly claim: Claim) {}

  /** Aborted when the lease is lost or the process stops. Made when it is asked for: most jobs end before they look. */
  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.reason !== undefined) this.controller.abort(this.reason);
    }
    return this.controller.signal;
  }

  throwIfOver(): void {
    if (this.reason !== undefined) throw this.reason;
  }

  end(reason: Error): void {
    this.reason ??= reason;
    this.controller?.abort(this.reason);
  }
}

/** Everything that this runner has in hand: renews all its leases in one statement, three times in their length. */
export class Holdings {
  private readonly held = new Map<string, Holding>();
  private timer: NodeJS.Timeout | undefined;
  private stopping: Error | undefined;

  constructor(
    private readonly store: WorkStore,
    private readonly leaseMs: number,
    private readonly logger: Logger,
  ) {}

  /** True once the process gives back what it has. */
  get isStopping(): boolean {
    return this.stopping !== undefined;
  }

  take(claim: Claim): Holding {
    const holding = new Holding(claim);
    if (this.stopping !== undefined) holding.end(this.stopping);
    this.held.set(keyOf(claim), holding);
    this.timer ??= setInterval(() => void this.renew(), this.leaseMs / 3);
    return holding;
  }

  leave({ claim }: Holding): void {
    this.held.delete(keyOf(claim));
    if (this.held.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** All are to give up. */
  stop(): void {
    this.stopping = new Error('The process stops');
    for (const holding of this.held.values()) holding.end(this.stopping);
  }

  private async renew(): Promise<void> {
    const holdings = [...this.held.values()];
    try {
      const lost = await this.store.renewAll(holdings.map(({ claim }) => claim), this.leaseMs);
      for (const holding of holdings) if (lost.has(holding.claim.id)) holding.end(new LeaseLost());
    } catch (error) {
      // A database away for a moment is asked again at the next beat: the fence decides in the end.
      this.logger.warn('The leases of running jobs could not be renewed', { error });
    }
  }
}

/** A job may be in the same hands twice: under a lease that was lost, and under a new one. */
function keyOf({ id, fence }: Claim): string {
  return `${id}/${String(fence)}`;
}
