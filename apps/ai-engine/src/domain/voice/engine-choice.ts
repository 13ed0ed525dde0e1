import type { Uuid } from '@selfos/kernel';
import { strategyOf } from '../model/strategy.js';
import type { Wishes } from '../model/language-model.js';
import type { Asker } from '../ports/asker.js';
import type { Budget, BudgetState } from '../ports/budget.js';
import type { Transcriber } from '../ports/transcriber.js';

interface ChoiceParts {
  /** In the order in which they are to be asked. */
  readonly engines: readonly Transcriber[];
  readonly asker: Asker;
  readonly budget: Budget;
  readonly wishesOf: (userId: Uuid) => Promise<Wishes | undefined>;
  readonly privacyMode: boolean;
  readonly offline: boolean;
}

export interface Chosen {
  readonly engines: readonly Transcriber[];
  /** Why others are not among them. */
  readonly reasons: string[];
}

/** Which engines may hear a person: under privacy and at the cap of a budget none of the cloud, offline none that needs a network. One's own come first. */
export class EngineChoice {
  constructor(private readonly parts: ChoiceParts) {}

  async for(userId: Uuid): Promise<Chosen> {
    const { asker, privacyMode, offline, engines } = this.parts;
    const wishes = await this.parts.wishesOf(userId).catch(() => undefined);
    const strategy = strategyOf({ tier: asker.current().tier, privacyMode, offline, wishes });
    const own = engines.filter(({ place }) => place !== 'cloud');
    if (offline || wishes?.privacy === 'offline') return { engines: engines.filter(({ place }) => place === 'process'), reasons: [] };
    if (strategy === 'privacy') return { engines: own, reasons: [] };
    const isCapped = (await this.budgetOf(userId, wishes)) === 'reached';
    const cloud = isCapped ? [] : engines.filter(({ place }) => place === 'cloud');
    return { engines: [...own, ...cloud], reasons: isCapped ? ['budget: used up'] : [] };
  }

  /** A ledger that cannot be read must not make a cap vanish. */
  private async budgetOf(userId: Uuid, wishes: Wishes | undefined): Promise<BudgetState> {
    return this.parts.budget.stateOf(userId, wishes).catch(() => 'reached');
  }
}
