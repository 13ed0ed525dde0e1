import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { events, type EventOf } from '@selfos/contracts';
import { PersonRepository } from '../domain/person.repository.js';

/** Learns a person's time zone from auth. */
@Controller()
export class OnUser {
  constructor(private readonly persons: PersonRepository) {}

  @EventPattern(events.userRegistered.type)
  async registered(@Payload() event: EventOf<'user.registered'>): Promise<void> {
    await this.persons.learn(event.userid, { timezone: event.data.timezone, seq: event.seq });
  }

  @EventPattern(events.userUpdated.type)
  async updated(@Payload() event: EventOf<'user.updated'>): Promise<void> {
    await this.persons.learn(event.userid, { timezone: event.data.timezone, seq: event.seq });
  }
}
