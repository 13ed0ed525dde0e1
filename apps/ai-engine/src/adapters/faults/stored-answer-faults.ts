import { type Clock, uuidv7, type Uuid } from '@selfos/kernel';
import type { Logger, Metrics } from '@selfos/observability';
import type { DatabaseContext, Transaction } from '@selfos/persistence';
import { type AnswerFault, AnswerFaults } from '../../domain/ports/answer-faults.js';

export interface FaultStore {
  readonly transaction: Transaction;
  readonly database: DatabaseContext;
  readonly clock: Clock;
  readonly logger: Logger;
}

const NOTE = `
  INSERT INTO answer_faults (id, user_id, operation, template_id, template_version, model, fault, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Counts each failure, and keeps it as a row in a transaction of its own. */
export class StoredAnswerFaults extends AnswerFaults {
  private readonly counted;

  constructor(
    private readonly store: FaultStore,
    metrics: Metrics,
  ) {
    super();
    this.counted = metrics.counter('ai_answer_faults_total', 'Models that gave no usable answer', ['operation', 'fault']);
  }

  override async note(userId: Uuid, faults: readonly AnswerFault[]): Promise<void> {
    for (const { operation, fault } of faults) this.counted.inc({ operation, fault });
    if (faults.length === 0) return;
    const { transaction, database, clock, logger } = this.store;
    try {
      await transaction.run(async () => {
        for (const { operation, template, model, fault } of faults) {
          await database.manager().query(NOTE, [uuidv7(), userId, operation, template.id, template.version, model, fault, clock.now()]);
        }
      });
    } catch (error) {
      logger.warn('failures of models were counted, not kept', { count: faults.length, error: error instanceof Error ? error.name : 'unknown' });
    }
  }
}
