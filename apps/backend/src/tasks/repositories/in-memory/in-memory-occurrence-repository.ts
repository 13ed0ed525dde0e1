import type { Uuid } from '@selfos/kernel';
import { OccurrenceRepository, type OccurrenceFilter } from '../../domain/occurrence/occurrence.repository.js';
import type { Occurrence } from '../../domain/occurrence/occurrence.js';

export class InMemoryOccurrenceRepository extends OccurrenceRepository {
  private readonly rows = new Map<string, Occurrence>();

  async find(userId: Uuid, id: Uuid): Promise<Occurrence | undefined> {
    return this.rows.get(`${userId} ${id}`);
  }

  async findOn(userId: Uuid, taskId: Uuid, localDate: string): Promise<Occurrence | undefined> {
    return this.of(userId).find((row) => row.task_id === taskId && row.local_date === localDate);
  }

  async findPage(userId: Uuid, { from, to, taskId, after, limit }: OccurrenceFilter): Promise<readonly Occurrence[]> {
    const place = (row: Occurrence) => `${row.local_date} ${row.id}`;
    return this.of(userId)
      .filter((row) => (from === undefined || row.local_date >= from) && (to === undefined || row.local_date <= to))
      .filter((row) => (taskId === undefined || row.task_id === taskId) && (after === undefined || place(row) < `${after.at} ${after.id}`))
      .toSorted((a, b) => (place(a) < place(b) ? 1 : -1))
      .slice(0, limit);
  }

  async insert(userId: Uuid, occurrence: Occurrence): Promise<void> {
    this.rows.set(`${userId} ${occurrence.id}`, occurrence);
  }

  async remove(userId: Uuid, id: Uuid): Promise<void> {
    this.rows.delete(`${userId} ${id}`);
  }

  private of(userId: Uuid): Occurrence[] {
    return [...this.rows].filter(([key]) => key.startsWith(userId)).map(([, row]) => row);
  }
}
