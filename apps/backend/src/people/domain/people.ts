import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { PersonUnknown } from './people.errors.js';
import { PersonRepository } from './person.repository.js';

const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 100;

/** Says in which time zone a person lives. */
@Injectable()
export class People {
  constructor(
    private readonly persons: PersonRepository,
    private readonly transaction: Transaction,
  ) {}

  /** The news of an account that was made a moment ago may still be on its way and is waited for. Throws PersonUnknown: no zone is guessed. */
  async zoneOf(userId: Uuid): Promise<string> {
    const end = Date.now() + WAIT_MS;
    for (;;) {
      const person = await this.transaction.run(() => this.persons.find(userId));
      if (person !== undefined) return person.timezone;
      if (Date.now() >= end) throw new PersonUnknown();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}
