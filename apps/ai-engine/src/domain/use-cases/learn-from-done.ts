import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { namedId } from '../named-id.js';
import { Memories } from '../ports/memories.js';
import { extractDone, type Done } from '../remembering/extract-done.js';

export interface DoneThing {
  readonly eventId: Uuid;
  readonly done: Done;
  readonly at: Date;
}

/** Keeps what a thing done tells of the person, when it is worth keeping. */
@Injectable()
export class LearnFromDone {
  constructor(private readonly memories: Memories) {}

  async execute(userId: Uuid, { eventId, done, at }: DoneThing): Promise<void> {
    const memory = extractDone(done);
    if (memory === undefined) return;
    await this.memories.remember(userId, [{ id: await namedId('memory', eventId), ...memory, source: { kind: 'event', id: eventId }, validFrom: at }]);
  }
}
