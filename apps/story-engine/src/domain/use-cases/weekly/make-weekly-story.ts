import { JobHandler, type Job, type JobStep, type RunningJob } from '@selfos/work';
import { z } from 'zod';
import { EvidenceRepository } from '../../evidence/evidence.repository.js';
import { PeopleRepository } from '../../people/people.repository.js';
import { RequestStory } from '../request-story.js';
import { WEEKLY_STORY, WeeklyCalendar } from './weekly-calendar.js';

const booked = z.object({ start: z.iso.date(), end: z.iso.date(), zone: z.string() });

/**
 * At a person's own week boundary: starts the week's story and books the next one. A week of which nothing is on record gets no story
 * that nobody asked for.
 */
export class MakeWeeklyStory extends JobHandler {
  readonly kind = WEEKLY_STORY;
  readonly steps: readonly JobStep[] = [{ name: 'begin', commit: (job) => this.begin(job) }];

  constructor(
    private readonly people: PeopleRepository,
    private readonly evidence: EvidenceRepository,
    private readonly stories: RequestStory,
    private readonly calendar: WeeklyCalendar,
  ) {
    super();
  }

  /** One week without a story does not end the weeks. Runs in the transaction that fails the job. */
  override async onFailed({ userId, runAt }: Job): Promise<void> {
    const zone = userId === undefined ? undefined : await this.people.zoneOf(userId);
    if (userId !== undefined && zone !== undefined) await this.calendar.book(userId, zone, runAt.getTime());
  }

  private async begin(job: RunningJob): Promise<void> {
    const { userId } = job;
    const zone = userId === undefined ? undefined : await this.people.zoneOf(userId);
    if (userId === undefined || zone === undefined) return;
    const week = booked.parse(job.payload);
    const evidence = await this.evidence.inPeriod(userId, week);
    if (evidence.length > 0) await this.stories.begin(userId, week);
    await this.calendar.book(userId, zone, job.runAt.getTime());
  }
}
