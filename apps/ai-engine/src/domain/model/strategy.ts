import type { AskingPerson } from '../ports/asker.js';
import type { BudgetState } from '../ports/budget.js';
import type { ChatModel } from './chat-model.js';
import type { ModelInput, Strategy } from './language-model.js';

export interface Circumstances {
  readonly tier: AskingPerson['tier'];
  /** The whole installation asks no cloud. */
  readonly privacyMode: boolean;
  readonly offline: boolean;
  readonly budget: BudgetState;
  readonly operation: ModelInput['operation'];
}

export interface Course {
  readonly strategy: Strategy;
  /** To be asked in this order, until one answers. */
  readonly models: readonly ChatModel[];
}

/** Which strategy a person is served by: privacy wins over everything, then being offline, then what they have. */
export function strategyOf({ tier, privacyMode, offline }: Pick<Circumstances, 'tier' | 'privacyMode' | 'offline'>): Strategy {
  if (privacyMode || tier === 'privacy') return 'privacy';
  return offline ? 'offline' : tier;
}

/** Which models may be asked, in order. Under privacy a model of the cloud is never among them, whatever else holds. */
export function courseOf(circumstances: Circumstances, models: readonly ChatModel[]): Course {
  const strategy = strategyOf(circumstances);
  const cloud = models.filter(({ place }) => place === 'cloud');
  const local = models.filter(({ place }) => place === 'local');
  if (strategy === 'privacy' || circumstances.budget === 'reached') return { strategy, models: strategy === 'offline' ? [] : local };
  if (strategy === 'offline') return { strategy, models: [] };
  const isCheap = strategy === 'standard' && circumstances.operation === 'reword';
  return { strategy, models: isCheap ? [...local, ...cloud] : [...cloud, ...local] };
}
