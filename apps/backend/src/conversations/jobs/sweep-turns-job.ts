import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, type Uuid } from '@selfos/kernel';
import { Logger, rootContext, runInContext } from '@selfos/observability';
import { Transaction } from '@selfos/persistence';
import { JobHandler, Work, type JobStep, type RunningJob } from '@selfos/work';
import { OverdueTurns } from '../domain/ports/overdue-turns.js';
import { SettleTurn } from '../domain/use-cases/settle-turn.js';

const KIND = 'backend.sweep-turns';
const HOUR_MS = 3_600_000;
const PAGE = 200;

/** Messages without a turn that were deleted, messages of turns that the store has lost, and turns left to the next sweep. */
type Sum = Record<'deleted' | 'missing' | 'failed', number>;

/** Settles, every hour and soon after the start, the turns that were begun more than an hour ago, each as its person. */
@Injectable()
export class SweepTurnsJob extends JobHandler {
  override readonly kind = KIND;
  override readonly steps: readonly JobStep[] = [{ name: 'sweep', perform: (job) => this.sweep(job) }];

  constructor(
    private readonly overdue: OverdueTurns,
    private readonly settleTurn: SettleTurn,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    super();
  }

  override again(): Date {
    return new Date(this.clock.now().getTime() + HOUR_MS);
  }

  /** What cannot be settled now is left to the next sweep and keeps none of the others from it. */
  private async sweep({ id, signal }: Pick<RunningJob, 'id' | 'signal'>): Promise<Sum> {
    const sum: Sum = { deleted: 0, missing: 0, failed: 0 };
    for (;;) {
      const page = await this.overdue.list({ skip: sum.failed, limit: PAGE });
      for (const turn of page) {
        if (signal.aborted) return sum;
        await this.settle(id, turn, sum);
      }
      if (page.length < PAGE) break;
    }
    if (sum.missing > 0) this.logger.error('messages of turns are missing in the message store', { missing: sum.missing });
    if (sum.deleted > 0) this.logger.info('messages without a turn were deleted', { deleted: sum.deleted });
    return sum;
  }

  private async settle(jobId: string, { userId, messageId }: { userId: Uuid; messageId: Uuid }, sum: Sum): Promise<void> {
    try {
      const { deleted, missing } = await runInContext(rootContext({ kind: 'job', id: jobId }, { userId }), () => this.settleTurn.execute(userId, messageId));
      sum.deleted += deleted;
      sum.missing += missing;
    } catch (error) {
      sum.failed += 1;
      this.logger.warn('a begun turn could not be settled', { error });
    }
  }
}

/** Books the sweep; from then on it books itself. */
@Injectable()
export class SweepStart implements OnApplicationBootstrap {
  constructor(
    private readonly work: Work,
    private readonly transaction: Transaction,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.transaction.run(() => this.work.enqueue({ kind: KIND, key: 'hourly', runAt: this.clock.now() }));
  }
}
