import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import type { Uuid } from '@selfos/kernel';
import { AccountEvents } from '../../domain/ports/account-events.js';
import type { RevocationReason } from '../../domain/sessions/session.js';
import type { User } from '../../domain/users/user.js';

@Injectable()
export class OutboxAccountEvents extends AccountEvents {
  constructor(private readonly publisher: EventPublisher) {
    super();
  }

  async userRegistered({ id, timezone }: User): Promise<void> {
    await this.publisher.publish(events.userRegistered, { aggregateId: id, userId: id, data: { user_id: id, timezone } });
  }

  async userUpdated({ id, timezone, version }: User): Promise<void> {
    await this.publisher.publish(events.userUpdated, { aggregateId: id, userId: id, data: { user_id: id, timezone, version } });
  }

  async sessionRevoked(userId: Uuid, sessionId: Uuid, reason: RevocationReason): Promise<void> {
    await this.publisher.publish(events.sessionRevoked, { aggregateId: sessionId, userId, data: { session_id: sessionId, reason } });
  }
}
