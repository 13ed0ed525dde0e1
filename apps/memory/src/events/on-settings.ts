import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { Privacy } from '../domain/ports/privacy.js';

/** Somebody wants their memories to stay here, or no longer. */
@Controller()
export class OnSettings {
  constructor(private readonly privacy: Privacy) {}

  @EventPattern('settings.changed')
  async changed(@Payload() { userid, data }: EventOf<'settings.changed'>): Promise<void> {
    await this.privacy.learn(userid, data.privacy_mode !== 'off', data.version);
  }
}
