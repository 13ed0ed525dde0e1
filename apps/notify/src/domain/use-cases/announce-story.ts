import { Injectable } from '@nestjs/common';
import { Clock, uuidv7 } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { Inbox } from '../notifications/inbox.js';
import { storyNotification } from '../notifications/notification.js';

/** A story is ready: exactly one notification, however often the news comes. */
@Injectable()
export class AnnounceStory {
  constructor(
    private readonly transaction: Transaction,
    private readonly inbox: Inbox,
    private readonly clock: Clock,
  ) {}

  async execute(userId: string, storyId: string): Promise<void> {
    const createdAt = this.clock.now();
    const about = { id: uuidv7(createdAt.getTime()), userId, createdAt };
    await this.transaction.run(() => this.inbox.deliver(storyNotification(about, storyId)));
  }
}
