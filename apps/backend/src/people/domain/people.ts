import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { PersonRepository } from './person.repository.js';

const WAIT_MS = 2_000;
const LOOK_EVERY_MS = 50;
const UNKNOWN_ZONE = 'UTC';

/** Says in which time zone a person lives. */
@Injectable()
export class People {
  constructor(
    private readonly persons: PersonRepository,
    private readonly transaction: Transaction,
  ) {}

  /** The news of an account that was made a moment ago may still be on its way: it is waited for shortly, then UTC holds. */
  async zoneOf(userId: Uuid): Promise<string> {
    const end = Date.now() + WAIT_MS;
    for (;;) {
      const person = await this.transaction.run(() => this.persons.find(userId));
      if (person !== undefined) return person.timezone;
      if (Date.now() >= end) return UNKNOWN_ZONE;
      await sleep(LOOK_EVERY_MS);
    }
  }
}
