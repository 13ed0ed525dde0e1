import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { KnowZone } from '../domain/use-cases/know-zone.js';

/** Where a person lives, as far as the clock on their wall goes. */
@Controller()
export class OnUser {
  constructor(private readonly knowZone: KnowZone) {}

  @EventPattern('user.registered')
  async registered(@Payload() { userid, data, seq }: EventOf<'user.registered'>): Promise<void> {
    await this.knowZone.execute(userid, { timezone: data.timezone, seq });
  }

  @EventPattern('user.updated')
  async updated(@Payload() { userid, data, seq }: EventOf<'user.updated'>): Promise<void> {
    await this.knowZone.execute(userid, { timezone: data.timezone, seq });
  }
}
