import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { namedId } from '../named-id.js';
import { Memories, type NewMemory } from '../ports/memories.js';
import { extractSaid } from '../remembering/extract-said.js';

export interface SaidMessage {
  readonly id: Uuid;
  readonly text: string;
  readonly saidAt: Date;
}

/** Keeps what a message tells of the person, each memory bound to its place in the message. Again, it keeps the same memories. */
@Injectable()
export class LearnFromMessage {
  constructor(private readonly memories: Memories) {}

  /** Resolves to the number of memories found. */
  async execute(userId: Uuid, message: SaidMessage): Promise<number> {
    const found = await Promise.all(
      extractSaid(message.text).map(async ({ type, text, start, end }): Promise<NewMemory> => ({
        id: await namedId('memory', message.id, type, start, end), type, text, source: { kind: 'message', id: message.id, start, end }, validFrom: message.saidAt,
      })),
    );
    if (found.length > 0) await this.memories.remember(userId, found);
    return found.length;
  }
}
