import { contract, memoryQuote, memoryText, routes, type Plain } from '@selfos/contracts';
import { SealRefused } from '@selfos/crypto';
import type { Uuid } from '@selfos/kernel';
import type { Sealer } from '@selfos/sealing';
import { z } from 'zod';
import { MemoryUnreadable } from '../../domain/memory/memory.errors.js';
import { type SealedText, SealedTexts } from '../../domain/ports/sealed-texts.js';

const texts = contract(z.object({ items: z.array(z.object({ id: z.uuid(), text: memoryText })) }));
const quotes = contract(z.object({ items: z.array(z.object({ id: z.uuid(), quote: memoryQuote })) }));

/** Opens envelopes of the domain `memories`, with the keys that this service holds a grant for. */
export class SealerTexts extends SealedTexts {
  constructor(private readonly sealer: Sealer) {
    super();
  }

  async open(userId: Uuid, memories: readonly SealedText[]): Promise<readonly string[]> {
    if (memories.length === 0) return [];
    const items = memories.map(({ id, text }) => ({ id, text }));
    const opened: Plain<typeof texts> = await this.readable(() => this.sealer.open(texts, userId, { items }));
    return opened.items.map(({ text }) => text);
  }

  async openQuotes(userId: Uuid, quoted: readonly SealedText[]): Promise<readonly string[]> {
    if (quoted.length === 0) return [];
    const items = quoted.map(({ id, text }) => ({ id, quote: text }));
    const opened: Plain<typeof quotes> = await this.readable(() => this.sealer.open(quotes, userId, { items }));
    return opened.items.map(({ quote }) => quote);
  }

  async openQuery(userId: Uuid, query: SealedText): Promise<string> {
    const body = { query_id: query.id, query: query.text, k: 1 };
    return (await this.readable(() => this.sealer.open(routes.recall.body, userId, body))).query;
  }

  private async readable<T>(open: () => Promise<T>): Promise<T> {
    try {
      return await open();
    } catch (error) {
      if (error instanceof SealRefused) throw new MemoryUnreadable({ cause: error });
      throw error;
    }
  }
}
