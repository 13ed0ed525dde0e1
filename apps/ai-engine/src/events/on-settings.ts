import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { wishesIn } from '../domain/model/wishes-of.js';
import { KnownWishes } from '../domain/ports/known-wishes.js';

/** Somebody wants to be answered in another way: it holds for their stories, recordings and pictures too. */
@Controller()
export class OnSettings {
  constructor(private readonly wishes: KnownWishes) {}

  @EventPattern('settings.changed')
  async changed(@Payload() { userid, data }: EventOf<'settings.changed'>): Promise<void> {
    await this.wishes.learn(userid, wishesIn(data), data.version);
  }
}
