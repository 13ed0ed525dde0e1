import type { Page, PageRequest, Uuid } from '@selfos/kernel';
import { fromCursor, toCursor } from '../../domain/memory/cursor.js';
import { MemoryNotFound } from '../../domain/memory/memory.errors.js';
import type { Memory } from '../../domain/memory/memory.js';
import { type MemoryFilter, MemoryRepository, type Outcome, type Owner } from '../../domain/memory/memory.repository.js';

/** For specs. */
export class InMemoryMemoryRepository extends MemoryRepository {
  private readonly memories = new Map<string, Memory>();
  private readonly settled = new Map<string, Outcome>();
  private readonly owners = new Map<Uuid, Owner>();

  getOwner(userId: Uuid): Promise<Owner> {
    return Promise.resolve(this.owners.get(userId) ?? { version: 0, paused: false });
  }

  async claim(userId: Uuid, version: number): Promise<boolean> {
    const owner = await this.getOwner(userId);
    if (owner.version !== version) return false;
    this.owners.set(userId, { ...owner, version: version + 1 });
    return true;
  }

  async pause(userId: Uuid, paused: boolean): Promise<void> {
    const { version } = await this.getOwner(userId);
    this.owners.set(userId, { version: version + 1, paused });
  }

  findAll(userId: Uuid): Promise<readonly Memory[]> {
    return Promise.resolve(this.of(userId).sort((a, b) => (toKey(a) < toKey(b) ? -1 : 1)));
  }

  find(userId: Uuid, id: Uuid): Promise<Memory | undefined> {
    return Promise.resolve(this.memories.get(keyOf(userId, id)));
  }

  async findPage(userId: Uuid, page: PageRequest, { type }: MemoryFilter): Promise<Page<Memory>> {
    const after = page.cursor === undefined ? undefined : toKey(fromCursor(page.cursor));
    const rows = this.of(userId)
      .filter((memory) => type === undefined || memory.type === type)
      .sort((a, b) => (toKey(a) < toKey(b) ? 1 : -1))
      .filter((memory) => after === undefined || toKey(memory) < after);
    const items = rows.slice(0, page.limit);
    const last = items.at(-1);
    return rows.length > items.length && last !== undefined ? { items, nextCursor: toCursor(last) } : { items };
  }

  findOutcomes(userId: Uuid, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Outcome>> {
    const found = ids.flatMap((id): [Uuid, Outcome][] => {
      const outcome = this.memories.has(keyOf(userId, id)) ? ({ kind: 'recorded' } as const) : this.settled.get(keyOf(userId, id));
      return outcome === undefined ? [] : [[id, outcome]];
    });
    return Promise.resolve(new Map(found));
  }

  async save(userId: Uuid, memory: Memory): Promise<void> {
    this.memories.set(keyOf(userId, memory.id), memory);
    await this.changed(userId);
  }

  async merge(userId: Uuid, id: Uuid, into: Uuid): Promise<void> {
    this.settled.set(keyOf(userId, id), { kind: 'merged', into });
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    if (!this.memories.delete(keyOf(userId, id))) throw new MemoryNotFound();
    this.settled.set(keyOf(userId, id), { kind: 'forgotten' });
    await this.changed(userId);
  }

  async removeAll(userId: Uuid): Promise<void> {
    for (const { id } of this.of(userId)) await this.remove(userId, id);
  }

  private async changed(userId: Uuid): Promise<void> {
    const owner = await this.getOwner(userId);
    this.owners.set(userId, { ...owner, version: owner.version + 1 });
  }

  private of(userId: Uuid): Memory[] {
    return [...this.memories].filter(([key]) => key.startsWith(`${userId}/`)).map(([, memory]) => memory);
  }
}

function keyOf(userId: Uuid, id: Uuid): string {
  return `${userId}/${id}`;
}

function toKey({ createdAt, id }: { readonly createdAt: Date; readonly id: Uuid }): string {
  return `${String(createdAt.getTime()).padStart(15, '0')} ${id}`;
}
