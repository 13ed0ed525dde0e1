import type { Uuid } from '@selfos/kernel';
import type { Transaction } from '@selfos/persistence';
import { type Claim, claimOf } from '../memory/contradiction.js';
import type { Memory, Proposal } from '../memory/memory.js';
import type { MemoryRepository, Owner } from '../memory/memory.repository.js';
import type { Statement } from '../memory/support.js';
import type { SealedTexts } from '../ports/sealed-texts.js';
import { IndexCache } from './index-cache.js';
import type { Passage } from './passage.js';
import { PassageIndex } from './passage-index.js';

/** Everything that is remembered of a person, opened and ready to be searched. */
export class Opened {
  readonly textOf: ReadonlyMap<Uuid, string>;
  readonly index: PassageIndex;
  private readonly claims = new Map<Uuid, Claim>();

  constructor(
    readonly owner: Owner,
    readonly memories: readonly Memory[],
    texts: readonly string[],
  ) {
    const passages = memories.map((memory, index) => toPassage(memory, texts[index] ?? ''));
    this.textOf = new Map(passages.map(({ id, text }) => [id, text]));
    this.index = new PassageIndex(passages);
  }

  /** What one of them claims; read when it is first asked for. */
  claimOf(id: Uuid): Claim {
    const known = this.claims.get(id) ?? claimOf(this.textOf.get(id) ?? '');
    this.claims.set(id, known);
    return known;
  }
}

// About 20 MB of words; as long as the keys that opened them are kept anyway.
const LIMITS = { size: 20_000_000, milliseconds: 300_000 };
const BYTES_BESIDE_THE_WORDS = 200;

/** Opens a person's memories and keeps them opened for some minutes, in this process's memory only. */
export class MemoryReader {
  private readonly cache = new IndexCache<Opened>(LIMITS);

  constructor(
    private readonly memories: MemoryRepository,
    private readonly texts: SealedTexts,
    private readonly transaction: Transaction,
  ) {}

  /** While they are paused nothing is opened, and nothing found. Throws MemoryUnreadable. */
  async read(userId: Uuid): Promise<Opened> {
    const owner = await this.transaction.run(() => this.memories.getOwner(userId));
    if (owner.paused) return new Opened(owner, [], []);
    const known = this.cache.get(userId, owner.version);
    if (known !== undefined) return known;
    const memories = await this.transaction.run(() => this.memories.findAll(userId));
    const texts = await this.texts.open(userId, memories);
    const opened = new Opened(owner, memories, texts);
    const size = texts.reduce((sum, text) => sum + text.length + BYTES_BESIDE_THE_WORDS, 0);
    this.cache.set(userId, opened, { version: owner.version, size });
    return opened;
  }

  /** The words of proposals, in order, and of what they quote. Throws MemoryUnreadable. */
  async statements(userId: Uuid, proposals: readonly Proposal[]): Promise<readonly Statement[]> {
    const texts = await this.texts.open(userId, proposals);
    const quoted = proposals.flatMap(({ id, quote }) => (quote === undefined ? [] : [{ id, text: quote }]));
    const quotes = await this.texts.openQuotes(userId, quoted);
    const quoteOf = new Map(quoted.map(({ id }, index) => [id, quotes[index]]));
    return proposals.map((draft, index) => ({ draft, text: texts[index] ?? '', quote: quoteOf.get(draft.id) }));
  }
}

/** What was said in one message belongs together. Something done happened at one moment; all else lasts. */
function toPassage({ id, type, source, validFrom, validTo }: Memory, text: string): Passage {
  return { id, text, session: source.id, at: validFrom, ...(type === 'achievement' ? {} : { until: validTo }) };
}
