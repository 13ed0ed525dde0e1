import { Injectable } from '@nestjs/common';
import { Transaction } from '@selfos/persistence';
import { PersonRepository } from '../people/person.repository.js';

/** Remembers in which time zone a person lives. */
@Injectable()
export class KnowZone {
  constructor(
    private readonly transaction: Transaction,
    private readonly people: PersonRepository,
  ) {}

  async execute(userId: string, zone: { readonly timezone: string; readonly seq: number }): Promise<void> {
    await this.transaction.run(() => this.people.saveZone(userId, zone));
  }
}
