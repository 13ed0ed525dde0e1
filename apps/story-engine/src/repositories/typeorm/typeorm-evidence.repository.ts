import { LIFE_AREAS, type LifeArea } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import type { Evidence } from '../../domain/evidence/evidence.js';
import { EvidenceRepository } from '../../domain/evidence/evidence.repository.js';
import { boundsOf, type Period } from '../../domain/period/period.js';
import { EvidenceRow } from './rows.js';

const MOST = 1000;

export class TypeormEvidenceRepository extends EvidenceRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async project(evidence: Evidence): Promise<void> {
    const { kind, id, userId, seq, gone, happenedAt } = evidence;
    const values = [
      userId, id, kind, seq, gone, evidence.title === undefined ? null : JSON.stringify(evidence.title), [...evidence.lifeAreas], happenedAt,
      evidence.localDate ?? null, evidence.taskId ?? null, evidence.minutes ?? null, evidence.achieved ?? null, evidence.progress ?? null,
    ];
    await this.database.manager().query(
      `INSERT INTO evidence (user_id, id, kind, seq, gone, title, life_areas, happened_at, local_date, task_id, minutes, achieved, progress)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (user_id, id) DO UPDATE SET
         seq = excluded.seq, gone = excluded.gone, title = excluded.title, life_areas = excluded.life_areas, happened_at = excluded.happened_at,
         local_date = excluded.local_date, task_id = excluded.task_id, minutes = excluded.minutes, achieved = excluded.achieved, progress = excluded.progress
       WHERE evidence.seq < excluded.seq`,
      values,
    );
  }

  async remove(gone: Pick<Evidence, 'id' | 'userId' | 'kind' | 'seq'>): Promise<void> {
    await this.database.manager().query(
      `INSERT INTO evidence (user_id, id, kind, seq, gone, happened_at) VALUES ($1, $2, $3, $4, true, 'epoch')
       ON CONFLICT (user_id, id) DO UPDATE SET seq = excluded.seq, gone = true, title = NULL WHERE evidence.seq < excluded.seq`,
      [gone.userId, gone.id, gone.kind, gone.seq],
    );
  }

  async inPeriod(userId: string, period: Period): Promise<Evidence[]> {
    const { from, until } = boundsOf(period);
    const rows = await this.database
      .manager()
      .createQueryBuilder(EvidenceRow, 'e')
      .where('e.userId = :userId AND NOT e.gone', { userId })
      .andWhere('(e.localDate BETWEEN :start AND :end OR (e.localDate IS NULL AND e.happenedAt >= :from AND e.happenedAt < :until))', {
        start: period.start,
        end: period.end,
        from: new Date(from),
        until: new Date(until),
      })
      .orderBy('e.happenedAt')
      .addOrderBy('e.id')
      .take(MOST)
      .getMany();
    return rows.map(evidenceOf);
  }

  async removeAll(userId: string): Promise<void> {
    await this.database.manager().delete(EvidenceRow, { userId });
  }
}

function evidenceOf(row: EvidenceRow): Evidence {
  return {
    id: row.id,
    userId: row.userId,
    kind: row.kind,
    seq: Number(row.seq),
    gone: row.gone,
    title: row.title ?? undefined,
    lifeAreas: LIFE_AREAS.filter((area: LifeArea) => row.lifeAreas.includes(area)),
    happenedAt: row.happenedAt,
    localDate: row.localDate ?? undefined,
    taskId: row.taskId ?? undefined,
    minutes: row.minutes ?? undefined,
    achieved: row.achieved ?? undefined,
    progress: row.progress ?? undefined,
  };
}
