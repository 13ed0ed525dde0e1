import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { OccurrenceRepository, type OccurrenceFilter } from '../../domain/occurrence/occurrence.repository.js';
import type { Occurrence } from '../../domain/occurrence/occurrence.js';
import { OccurrenceRow } from './occurrence.row.js';

export class TypeormOccurrenceRepository extends OccurrenceRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async find(userId: Uuid, id: Uuid): Promise<Occurrence | undefined> {
    const row = await this.database.manager().findOneBy(OccurrenceRow, { user_id: userId, id });
    return row === null ? undefined : occurrenceOf(row);
  }

  async findOn(userId: Uuid, taskId: Uuid, localDate: string): Promise<Occurrence | undefined> {
    const row = await this.database.manager().findOneBy(OccurrenceRow, { user_id: userId, task_id: taskId, local_date: localDate });
    return row === null ? undefined : occurrenceOf(row);
  }

  async findPage(userId: Uuid, { from, to, taskId, after, limit }: OccurrenceFilter): Promise<readonly Occurrence[]> {
    const query = this.database.manager().createQueryBuilder(OccurrenceRow, 'o').where('o.user_id = :userId', { userId });
    if (from !== undefined) query.andWhere('o.local_date >= :from', { from });
    if (to !== undefined) query.andWhere('o.local_date <= :to', { to });
    if (taskId !== undefined) query.andWhere('o.task_id = :taskId', { taskId });
    if (after !== undefined) query.andWhere('(o.local_date, o.id) < (:at, :id)', after);
    return (await query.orderBy('o.local_date', 'DESC').addOrderBy('o.id', 'DESC').limit(limit).getMany()).map(occurrenceOf);
  }

  async insert(userId: Uuid, occurrence: Occurrence): Promise<void> {
    await this.database.manager().insert(OccurrenceRow, { ...occurrence, user_id: userId });
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    await this.database.manager().delete(OccurrenceRow, { user_id: userId, id });
  }
}

function occurrenceOf({ user_id: _, ...occurrence }: OccurrenceRow): Occurrence {
  return occurrence;
}
