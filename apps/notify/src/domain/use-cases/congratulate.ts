import { Injectable } from '@nestjs/common';
import type { SealedCopyJson } from '@selfos/contracts';
import { Clock, uuidv7 } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { localDateAt } from '@selfos/recurrence';
import { Inbox } from '../notifications/inbox.js';
import { goalNotification } from '../notifications/notification.js';
import { PersonRepository } from '../people/person.repository.js';

export interface AchievedGoal {
  readonly userId: string;
  readonly goalId: string;
  readonly title: SealedCopyJson;
  readonly achievedAt: Date;
}

/** A goal was reached: one notification, dated in the person's zone. */
@Injectable()
export class Congratulate {
  constructor(
    private readonly transaction: Transaction,
    private readonly people: PersonRepository,
    private readonly inbox: Inbox,
    private readonly clock: Clock,
  ) {}

  async execute({ userId, goalId, title, achievedAt }: AchievedGoal): Promise<void> {
    const createdAt = this.clock.now();
    const about = { id: uuidv7(createdAt.getTime()), userId, createdAt };
    await this.transaction.run(async () => {
      const zone = await this.people.findZone(userId);
      const localDate = zone === undefined ? null : localDateAt(achievedAt, zone);
      await this.inbox.deliver(goalNotification(about, { goalId, title, localDate }));
    });
  }
}
