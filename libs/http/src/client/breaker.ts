import { ConsecutiveBreaker, SamplingBreaker, type IBreaker } from 'cockatiel';
import type { BreakerLimits } from './dependency-limits.js';

type State = Parameters<IBreaker['success']>[0];

/** Opens after failures in a row, which finds an outage with few calls, or by their share, which finds one that hits some of many. */
export class RowOrShareBreaker implements IBreaker {
  private readonly row: ConsecutiveBreaker;
  private readonly share: SamplingBreaker | undefined;

  constructor({ row, share }: BreakerLimits) {
    this.row = new ConsecutiveBreaker(row);
    this.share = share && new SamplingBreaker({ threshold: share.threshold, duration: share.windowMs, minimumRps: (share.calls * 1_000) / share.windowMs });
  }

  get state(): unknown {
    return { row: this.row.state, share: this.share?.state };
  }

  success(state: State): void {
    this.row.success();
    this.share?.success(state);
  }

  failure(state: State): boolean {
    const byRow = this.row.failure();
    return this.share?.failure(state) === true || byRow;
  }
}
