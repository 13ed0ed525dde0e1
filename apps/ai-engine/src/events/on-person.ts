import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { ErasePerson } from '../domain/use-cases/erase-person.js';

/** Whoever goes takes everything along. */
@Controller()
export class OnPerson {
  constructor(private readonly erasePerson: ErasePerson) {}

  @EventPattern('user.erased')
  async erased(@Payload() { userid }: EventOf<'user.erased'>): Promise<void> {
    await this.erasePerson.execute(userid);
  }
}
