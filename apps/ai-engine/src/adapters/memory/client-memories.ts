import { routes } from '@selfos/contracts';
import type { InternalClient } from '@selfos/http';
import { uuidv7, type Uuid } from '@selfos/kernel';
import type { Sealer } from '@selfos/sealing';
import type { RecalledMemory } from '../../domain/planning/plan.js';
import { Memories, type NewMemory } from '../../domain/ports/memories.js';

const MOST_AT_ONCE = 50;

/** Memories as the memory service keeps them: queries and texts travel sealed. */
export class ClientMemories extends Memories {
  constructor(
    private readonly client: Pick<InternalClient, 'call'>,
    private readonly sealer: Sealer,
  ) {
    super();
  }

  override async recall(userId: Uuid, query: string, k: number): Promise<RecalledMemory[]> {
    const body = await this.sealer.seal(routes.recall.body, userId, { query_id: uuidv7(), query, k });
    const found = await this.client.call(routes.recall, { body, idempotent: true });
    const { items } = await this.sealer.open(routes.recall.response, userId, found);
    return items.map(({ id, type, text }) => ({ id, type, text }));
  }

  override async remember(userId: Uuid, memories: readonly NewMemory[]): Promise<void> {
    const items = memories.map(({ id, type, text, source, validFrom }) => ({ id, type, text, source, valid_from: validFrom.toISOString() }));
    for (let start = 0; start < items.length; start += MOST_AT_ONCE) {
      const body = await this.sealer.seal(routes.remember.body, userId, { items: items.slice(start, start + MOST_AT_ONCE) });
      await this.client.call(routes.remember, { body, idempotent: true });
    }
  }

  override async withhold(_userId: Uuid, withheld: boolean, version: number): Promise<void> {
    await this.client.call(routes.withholdMemories, { body: { withheld, version }, idempotent: true });
  }
}
