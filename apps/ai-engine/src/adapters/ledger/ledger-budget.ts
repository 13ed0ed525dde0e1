import type { Clock, Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import { type Price, stateOf, stricter, tighter } from '../../domain/model/spending.js';
import { Budget, type BudgetState, type Limit, type OwnLimits } from '../../domain/ports/budget.js';
import type { CallLedger } from '../../domain/ports/call-ledger.js';

interface LedgerParts {
  readonly transaction: Transaction;
  readonly ledger: CallLedger;
  readonly clock: Clock;
}

interface BudgetTerms {
  readonly day: Limit;
  readonly month: Limit;
  readonly prices: Readonly<Record<string, Price>>;
}

/** Holds what the ledger has of today and of this month (UTC) against the limits. */
export class LedgerBudget extends Budget {
  constructor(
    private readonly from: LedgerParts,
    private readonly terms: BudgetTerms,
  ) {
    super();
  }

  override async stateOf(userId: Uuid, own?: OwnLimits): Promise<BudgetState> {
    const now = this.from.clock.now();
    const day = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
    const { transaction, ledger } = this.from;
    const [ofDay, ofMonth] = await transaction.run(async () => [await ledger.spentSince(userId, day), await ledger.spentSince(userId, month)] as const);
    return tighter(stateOf(ofDay, stricter(this.terms.day, own?.day), this.terms.prices), stateOf(ofMonth, stricter(this.terms.month, own?.month), this.terms.prices));
  }
}
