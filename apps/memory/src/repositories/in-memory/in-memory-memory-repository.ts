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
  private readonly hidden = new Map<string, ReadonlySet<Uuid>>();

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
    return Promise.resolve(this.shown(userId).sort((a, b) => (toKey(a) < toKey(b) ? -1 : 1)));
  }

  find(userId: Uuid, id: Uuid): Promise<Memory | undefined> {
    return Promise.resolve(this.shown(userId).find((memory) => memory.id === id));
  }

  async findPage(userId: Uuid, page: PageRequest, { type }: MemoryFilter): Promise<Page<Memory>> {
    const after = page.cursor === undefined ? undefined : toKey(fromCursor(page.cursor));
    const rows = this.shown(userId)
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

  async hide(userId: Uuid, id: Uuid, planId: Uuid): Promise<void> {
    const key = keyOf(userId, id);
    if (this.memories.has(key)) this.hidden.set(key, new Set([...(this.hidden.get(key) ?? []), planId]));
    await this.changed(userId);
  }

  async show(userId: Uuid, id: Uuid, planId: Uuid): Promise<void> {
    const key = keyOf(userId, id);
    this.hidden.set(key, new Set([...(this.hidden.get(key) ?? [])].filter((plan) => plan !== planId)));
    await this.changed(userId);
  }

  findHidden(userId: Uuid, planId: Uuid): Promise<readonly Memory[]> {
    return Promise.resolve(this.of(userId).filter(({ id }) => this.hidden.get(keyOf(userId, id))?.has(planId) === true));
  }

  findEvenHidden(userId: Uuid, id: Uuid): Promise<Memory | undefined> {
    return Promise.resolve(this.memories.get(keyOf(userId, id)));
  }

  findSupersededBy(userId: Uuid, id: Uuid): Promise<readonly Memory[]> {
    return Promise.resolve(this.of(userId).filter(({ supersededBy }) => supersededBy === id));
  }

  async merge(userId: Uuid, id: Uuid, into: Uuid): Promise<void> {
    this.settled.set(keyOf(userId, id), { kind: 'merged', into });
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    if (!this.memories.delete(keyOf(userId, id))) throw new MemoryNotFound();
    this.settled.set(keyOf(userId, id), { kind: 'forgotten' });
    this.hidden.delete(keyOf(userId, id));
    await this.changed(userId);
  }

  async removeAll(userId: Uuid): Promise<void> {
    for (const { id } of this.of(userId)) await this.remove(userId, id);
  }

  async erase(userId: Uuid): Promise<void> {
    await this.removeAll(userId);
    for (const key of this.settled.keys()) if (key.startsWith(`${userId}/`)) this.settled.delete(key);
    this.owners.delete(userId);
  }

  private shown(userId: Uuid): Memory[] {
    return this.of(userId).filter(({ id }) => (this.hidden.get(keyOf(userId, id))?.size ?? 0) === 0);
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
