import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, type InputOf, Route } from '@selfos/http';
import { Transaction } from '@selfos/persistence';
import { wishesIn } from '../domain/model/wishes-of.js';
import { KnownWishes } from '../domain/ports/known-wishes.js';
import { Memories } from '../domain/ports/memories.js';

/** Somebody wants privacy: known here, and where their memories are, before they are told that they have it. The event about it says the same later. */
@Controller()
export class SettingsController {
  constructor(
    private readonly wishes: KnownWishes,
    private readonly transaction: Transaction,
    private readonly memories: Memories,
  ) {}

  @Route(routes.heedSettings)
  async heed(@Input() { userId, body }: InputOf<typeof routes.heedSettings>): Promise<void> {
    await this.transaction.run(() => this.wishes.learn(userId, wishesIn(body), body.version));
    await this.memories.withhold(userId, body.privacy_mode !== 'off', body.version);
  }
}
