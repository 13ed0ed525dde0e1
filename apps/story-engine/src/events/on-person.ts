import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { Clock } from '@selfos/kernel';
import { PeopleRepository } from '../domain/people/people.repository.js';
import { ForgetPerson } from '../domain/use-cases/forget-person.js';
import { WeeklyCalendar } from '../domain/use-cases/weekly/weekly-calendar.js';

/** Keeps each person's zone and week boundary, until they go. */
@Controller()
export class OnPerson {
  constructor(
    private readonly people: PeopleRepository,
    private readonly calendar: WeeklyCalendar,
    private readonly forget: ForgetPerson,
    private readonly clock: Clock,
  ) {}

  @EventPattern('user.registered')
  async registered(@Payload() event: EventOf<'user.registered'>): Promise<void> {
    await this.keep(event);
  }

  @EventPattern('user.updated')
  async updated(@Payload() event: EventOf<'user.updated'>): Promise<void> {
    await this.keep(event);
  }

  @EventPattern('user.erased')
  async erased(@Payload() event: EventOf<'user.erased'>): Promise<void> {
    await this.forget.execute(event.userid);
  }

  private async keep(event: EventOf<'user.registered'> | EventOf<'user.updated'>): Promise<void> {
    const { user_id: userId, timezone: zone } = event.data;
    if (await this.people.project({ userId, zone, seq: event.seq })) await this.calendar.book(userId, zone, this.clock.nowMs());
  }
}
