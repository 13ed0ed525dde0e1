import { Injectable } from '@nestjs/common';
import type { Plain, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { KnownWishes } from '../ports/known-wishes.js';
import type { Limit } from '../ports/budget.js';
import type { Wishes } from './language-model.js';

/** How a person wants to be answered, for what they did not ask for themselves in this very request. */
@Injectable()
export class WishesOf {
  constructor(
    private readonly known: KnownWishes,
    private readonly transaction: Transaction,
  ) {}

  /** Undefined when it cannot be known: then nothing leaves the person's machines. */
  async of(userId: Uuid): Promise<Wishes | undefined> {
    try {
      return await this.transaction.run(() => this.known.of(userId));
    } catch {
      return undefined;
    }
  }
}

type Settings = Plain<typeof routes.answerMessage.body>['settings'];

/** A person's settings, as backend tells them. */
export function wishesIn({ privacy_mode: privacy, model, budget }: Settings): Wishes {
  const limit = (tokens: number | null, money: number | null): Limit => ({ tokens: tokens ?? undefined, money: money ?? undefined });
  return { privacy, model: model ?? undefined, day: limit(budget.day_tokens, budget.day_money), month: limit(budget.month_tokens, budget.month_money) };
}
