import type { Page } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import type { Feedback } from '../../domain/feedback/feedback.js';
import { toCursor } from '../../domain/feedback/cursor.js';
import { FeedbackRepository, type FeedbackPage } from '../../domain/feedback/feedback.repository.js';
import { FeedbackRow } from './feedback.row.js';

export class TypeormFeedbackRepository extends FeedbackRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async add(feedback: Feedback): Promise<boolean> {
    const insert = this.database.manager().createQueryBuilder().insert().into(FeedbackRow).values({ ...feedback }).orIgnore().returning('id');
    const { raw } = await insert.execute();
    return Array.isArray(raw) && raw.length > 0;
  }

  async findPage(userId: string, { after, limit }: FeedbackPage): Promise<Page<Feedback>> {
    const query = this.database.manager().createQueryBuilder(FeedbackRow, 'f').where('f.user_id = :userId', { userId });
    if (after !== undefined) query.andWhere('(f.created_at, f.id) < (:createdAt, :id)', { ...after });
    const rows = await query.orderBy('f.createdAt', 'DESC').addOrderBy('f.id', 'DESC').limit(limit + 1).getMany();
    const items = rows.slice(0, limit).map((row): Feedback => ({ ...row }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return last === undefined ? { items } : { items, nextCursor: toCursor(last) };
  }
}
