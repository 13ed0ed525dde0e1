import type { AskingPerson } from '../ports/asker.js';
import type { BudgetState } from '../ports/budget.js';
import { isNamed, inOrderFor, type Roles, toFront } from './catalogue.js';
import type { ChatModel } from './chat-model.js';
import type { ModelInput, Strategy, Wishes } from './language-model.js';

export interface Circumstances {
  readonly tier: AskingPerson['tier'];
  /** The whole installation asks no cloud. */
  readonly privacyMode: boolean;
  /** The whole installation asks nothing that needs a network. */
  readonly offline: boolean;
  /** The person's own; absent, nothing leaves their machines. */
  readonly wishes: Pick<Wishes, 'privacy' | 'model'> | undefined;
  readonly budget: BudgetState;
  readonly operation: ModelInput['operation'];
  readonly roles: Roles;
}

export interface Course {
  readonly strategy: Strategy;
  /** To be asked in this order, until one answers. */
  readonly models: readonly ChatModel[];
}

type Reserve = Pick<Circumstances, 'tier' | 'privacyMode' | 'offline' | 'wishes'>;

/** Which strategy a person is served by: privacy wins over everything, then being offline, then what they have. */
export function strategyOf({ tier, privacyMode, offline, wishes }: Reserve): Strategy {
  if (privacyMode || tier === 'privacy' || wishes === undefined || wishes.privacy === 'private') return 'privacy';
  return offline || wishes.privacy === 'offline' ? 'offline' : tier;
}

/**
 * Which models may be asked, in order. Under privacy a model of the cloud is never among them, whatever else holds; offline, only one that
 * needs no network. The model that somebody prefers comes first where it may be asked at all.
 */
export function courseOf(circumstances: Circumstances, models: readonly ChatModel[]): Course {
  const { budget, operation, roles, wishes } = circumstances;
  const strategy = strategyOf(circumstances);
  const isOffline = circumstances.offline || wishes?.privacy === 'offline';
  const places = isOffline ? ['process'] : strategy === 'privacy' || budget === 'reached' ? ['local', 'process'] : isCheap(strategy, operation) ? ['local', 'cloud', 'process'] : ['cloud', 'local', 'process'];
  const allowed = places.flatMap((place) => inOrderFor(models.filter((model) => model.place === place && (operation !== 'image' || model.sees)), operation, roles));
  return { strategy, models: toFront(allowed, ({ name }) => wishes?.model !== undefined && isNamed(name, wishes.model)) };
}

const isCheap = (strategy: Strategy, operation: string): boolean => strategy === 'standard' && operation === 'reword';
