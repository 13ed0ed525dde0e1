import { type Clock, uuidv7, type Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import { isFree } from '../../domain/model/spending.js';
import type { Budget } from '../../domain/ports/budget.js';
import type { CallLedger } from '../../domain/ports/call-ledger.js';
import { BudgetReached, type Charge, Charges, type ModelCall } from '../../domain/ports/charges.js';

interface LedgerParts {
  readonly transaction: Transaction;
  readonly ledger: CallLedger;
  readonly budget: Budget;
  readonly clock: Clock;
}

/** Enters each call in a transaction of its own, before it is made, and what it used in another. */
export class LedgerCharges extends Charges {
  constructor(private readonly parts: LedgerParts) {
    super();
  }

  override async open(userId: Uuid, call: ModelCall): Promise<Charge> {
    const { transaction, ledger, budget, clock } = this.parts;
    const callId = uuidv7();
    await transaction.run(async () => {
      await ledger.hold(userId);
      if (!isFree(call.model) && (await budget.stateOf(userId, call.limits)) === 'reached') throw new BudgetReached();
      await ledger.reserve(userId, { ...call, callId, at: clock.now() });
    });
    return { settle: (usage) => transaction.run(() => ledger.settle(userId, callId, usage)) };
  }
}
