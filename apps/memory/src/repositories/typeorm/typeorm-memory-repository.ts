import { events } from '@selfos/contracts';
import type { EventPublisher } from '@selfos/event-bus';
import type { Page, PageRequest, Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { In, type SelectQueryBuilder } from 'typeorm';
import { fromCursor, toCursor } from '../../domain/memory/cursor.js';
import { MemoryNotFound } from '../../domain/memory/memory.errors.js';
import type { Memory } from '../../domain/memory/memory.js';
import { type MemoryFilter, MemoryRepository, type Outcome, type Owner } from '../../domain/memory/memory.repository.js';
import { fromRow, toRow } from './memory-mapping.js';
import { MemoryOwnerRow } from './memory-owner.row.js';
import { MemoryRow } from './memory.row.js';
import { ensureOwner, ownerChanged } from './owner-changed.js';
import { SettledIdRow } from './settled-id.row.js';

/** Rows of PostgreSQL; their events go to the outbox of the same transaction. */
export class TypeormMemoryRepository extends MemoryRepository {
  constructor(
    private readonly context: DatabaseContext,
    private readonly publisher: EventPublisher,
  ) {
    super();
  }

  async getOwner(userId: Uuid): Promise<Owner> {
    const row = await this.context.manager().findOneBy(MemoryOwnerRow, { userId });
    return { version: Number(row?.version ?? 0), paused: row?.paused ?? false };
  }

  async claim(userId: Uuid, version: number): Promise<boolean> {
    await ensureOwner(this.context.manager(), userId);
    const claimed = await this.context.manager().update(MemoryOwnerRow, { userId, version: String(version) }, { version: String(version + 1) });
    return claimed.affected === 1;
  }

  async pause(userId: Uuid, paused: boolean): Promise<void> {
    await this.changed(userId);
    await this.context.manager().update(MemoryOwnerRow, { userId }, { paused });
  }

  async findAll(userId: Uuid): Promise<readonly Memory[]> {
    return (await this.shown(userId).orderBy('m.createdAt').addOrderBy('m.id').getMany()).map(fromRow);
  }

  async find(userId: Uuid, id: Uuid): Promise<Memory | undefined> {
    const row = await this.shown(userId).andWhere('m.id = :id', { id }).getOne();
    return row === null ? undefined : fromRow(row);
  }

  async findPage(userId: Uuid, page: PageRequest, { type }: MemoryFilter): Promise<Page<Memory>> {
    const query = this.shown(userId).orderBy('m.createdAt', 'DESC').addOrderBy('m.id', 'DESC').limit(page.limit + 1);
    if (type !== undefined) query.andWhere('m.type = :type', { type });
    if (page.cursor !== undefined) query.andWhere('(m.created_at, m.id) < (:createdAt, :id)', fromCursor(page.cursor));
    const rows = (await query.getMany()).map(fromRow);
    const items = rows.slice(0, page.limit);
    const last = items.at(-1);
    return rows.length > items.length && last !== undefined ? { items, nextCursor: toCursor(last) } : { items };
  }

  async findOutcomes(userId: Uuid, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, Outcome>> {
    const manager = this.context.manager();
    const where = { userId, id: In([...ids]) };
    const settled = await manager.find(SettledIdRow, { where });
    const recorded = await manager.find(MemoryRow, { where, select: { id: true } });
    return new Map<Uuid, Outcome>([
      ...settled.map(({ id, into }): [Uuid, Outcome] => [id, into === null ? { kind: 'forgotten' } : { kind: 'merged', into }]),
      ...recorded.map(({ id }): [Uuid, Outcome] => [id, { kind: 'recorded' }]),
    ]);
  }

  async save(userId: Uuid, memory: Memory): Promise<void> {
    const row = toRow(userId, memory);
    const manager = this.context.manager();
    await this.changed(userId);
    const inserted = await manager.createQueryBuilder().insert().into(MemoryRow).values(row).orIgnore().returning(['id']).execute();
    const isNew = Array.isArray(inserted.raw) && inserted.raw.length === 1;
    const { type, text, validTo, supersededBy } = row;
    if (!isNew) await manager.update(MemoryRow, { userId, id: memory.id }, { type, text, validTo, supersededBy });
    if (isNew || supersededBy === null) await this.publisher.publish(events.memoryRecorded, { aggregateId: memory.id, userId, data: { id: memory.id, memory_type: memory.type } });
    if (supersededBy !== null) await this.tellSuperseded(userId, memory.id, supersededBy);
  }

  async hide(userId: Uuid, id: Uuid, planId: Uuid): Promise<void> {
    if (await this.setHidden("array_append(array_remove(hidden_by, $3), $3)", [userId, id, planId])) await this.tellSuperseded(userId, id, null);
  }

  async show(userId: Uuid, id: Uuid, planId: Uuid): Promise<void> {
    if (!(await this.setHidden('array_remove(hidden_by, $3)', [userId, id, planId]))) return;
    const memory = await this.find(userId, id);
    if (memory !== undefined) await this.publisher.publish(events.memoryRecorded, { aggregateId: id, userId, data: { id, memory_type: memory.type } });
  }

  async findHidden(userId: Uuid, planId: Uuid): Promise<readonly Memory[]> {
    return (await this.of(userId).andWhere(':planId = ANY(m.hidden_by)', { planId }).getMany()).map(fromRow);
  }

  async findEvenHidden(userId: Uuid, id: Uuid): Promise<Memory | undefined> {
    const row = await this.of(userId).andWhere('m.id = :id', { id }).getOne();
    return row === null ? undefined : fromRow(row);
  }

  async findSupersededBy(userId: Uuid, id: Uuid): Promise<readonly Memory[]> {
    return (await this.of(userId).andWhere('m.superseded_by = :id', { id }).getMany()).map(fromRow);
  }

  async merge(userId: Uuid, id: Uuid, into: Uuid): Promise<void> {
    await this.settle([{ userId, id, into }]);
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    const removed = await this.context.manager().delete(MemoryRow, { userId, id });
    if (removed.affected !== 1) throw new MemoryNotFound();
    await this.changed(userId);
    await this.settle([{ userId, id, into: null }]);
    await this.tellSuperseded(userId, id, null);
  }

  async removeAll(userId: Uuid): Promise<void> {
    await this.changed(userId);
    const ids = (await this.of(userId).select('m.id').getMany()).map(({ id }) => id);
    if (ids.length === 0) return;
    await this.context.manager().delete(MemoryRow, { userId });
    await this.settle(ids.map((id) => ({ userId, id, into: null })));
    for (const id of ids) await this.tellSuperseded(userId, id, null);
  }

  async erase(userId: Uuid): Promise<void> {
    await this.removeAll(userId);
    for (const row of [SettledIdRow, MemoryOwnerRow]) await this.context.manager().delete(row, { userId });
  }

  private shown(userId: Uuid): SelectQueryBuilder<MemoryRow> {
    return this.of(userId).andWhere('m.hidden_by = :none', { none: [] });
  }

  /** Whether that changed anything. */
  private async setHidden(value: string, [userId, id, planId]: readonly [Uuid, Uuid, Uuid]): Promise<boolean> {
    await this.changed(userId);
    const sql = `UPDATE memories SET hidden_by = ${value} WHERE user_id = $1 AND id = $2 AND hidden_by <> ${value}`;
    const [, count] = await this.context.manager().query<[unknown[], number]>(sql, [userId, id, planId]);
    return count > 0;
  }

  private of(userId: Uuid): SelectQueryBuilder<MemoryRow> {
    return this.context.manager().createQueryBuilder(MemoryRow, 'm').where('m.user_id = :userId', { userId });
  }

  private changed(userId: Uuid): Promise<void> {
    return ownerChanged(this.context.manager(), userId);
  }

  private async settle(rows: readonly SettledIdRow[]): Promise<void> {
    await this.context.manager().createQueryBuilder().insert().into(SettledIdRow).values([...rows]).orIgnore().execute();
  }

  private async tellSuperseded(userId: Uuid, id: Uuid, by: Uuid | null): Promise<void> {
    const reason = by === null ? 'forgotten' : 'superseded';
    await this.publisher.publish(events.memorySuperseded, { aggregateId: id, userId, data: { id, by, reason } });
  }
}
