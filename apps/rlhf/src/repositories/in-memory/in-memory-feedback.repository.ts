import type { Page } from '@selfos/kernel';
import { toCursor, type Place } from '../../domain/feedback/cursor.js';
import type { Feedback } from '../../domain/feedback/feedback.js';
import { FeedbackRepository, type FeedbackPage } from '../../domain/feedback/feedback.repository.js';

/** For specs. */
export class InMemoryFeedbackRepository extends FeedbackRepository {
  private readonly kept = new Map<string, Feedback>();

  async add(feedback: Feedback): Promise<boolean> {
    if (this.kept.has(feedback.id)) return false;
    this.kept.set(feedback.id, feedback);
    return true;
  }

  async findPage(userId: string, { after, limit }: FeedbackPage): Promise<Page<Feedback>> {
    const mine = [...this.kept.values()].filter((one) => one.userId === userId).sort(newestFirst);
    const found = after === undefined ? mine : mine.filter((one) => newestFirst(one, after) > 0);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return last === undefined ? { items } : { items, nextCursor: toCursor(last) };
  }
}

function newestFirst(a: Place, b: Place): number {
  return b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}
