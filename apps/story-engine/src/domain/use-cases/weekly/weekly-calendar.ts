import { Work } from '@selfos/work';
import { nextBoundary } from '../../period/period.js';

export const WEEKLY_STORY = 'stories.weekly';

/** Books the story of the week that a person is in, once per person and week. Joins the ambient transaction. */
export class WeeklyCalendar {
  constructor(
    private readonly work: Work,
    /** Wall time on Sunday at which a week closes, `HH:MM`. */
    private readonly closesAt: string,
  ) {}

  /** Books the boundary after an instant (epoch milliseconds); booked again for another zone, it moves. */
  async book(userId: string, zone: string, afterMs: number): Promise<void> {
    const { at, week } = nextBoundary(afterMs, zone, this.closesAt);
    const outcome = await this.work.enqueue({ kind: WEEKLY_STORY, key: `${userId}/${week.start}`, userId, runAt: new Date(at), payload: { start: week.start, end: week.end, zone } });
    // That week's story was made already, in a zone where it ended earlier.
    if (outcome === 'kept') await this.book(userId, zone, at);
  }
}
