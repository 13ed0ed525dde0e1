import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { PersonalRows } from '../ports/personal-rows.js';

/** Erases everything that is kept here of one person. Joins the ambient transaction. */
@Injectable()
export class ErasePerson {
  constructor(private readonly rows: PersonalRows) {}

  async execute(userId: Uuid): Promise<void> {
    await this.rows.removeAll(userId);
  }
}
