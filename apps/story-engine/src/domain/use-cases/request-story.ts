import { Injectable } from '@nestjs/common';
import { Clock, uuidv7 } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { Work } from '@selfos/work';
import { MAKE_STORY } from './making/make-story.js';
import { PeopleRepository } from '../people/people.repository.js';
import { localDateOf, type Period, weekEndingOn } from '../period/period.js';
import { PeriodNotOver } from '../story/story.errors.js';
import { StoryRepository } from '../story/story.repository.js';
import { newStory, type Story } from '../story/story.js';

export interface StoryRequest {
  readonly userId: string;
  readonly id?: string | undefined;
  /** Local date in the person's zone; today unless said otherwise. */
  readonly endDate?: string | undefined;
}

/** Starts a story of the seven days that end on a date; the story and its making exist together or not at all. */
@Injectable()
export class RequestStory {
  constructor(
    private readonly transaction: Transaction,
    private readonly stories: StoryRepository,
    private readonly people: PeopleRepository,
    private readonly work: Work,
    private readonly clock: Clock,
  ) {}

  /** Throws PeriodNotOver for days to come, StoryExists for an id that is taken. */
  execute(request: StoryRequest): Promise<Story> {
    return this.transaction.run(async () => {
      const zone = (await this.people.zoneOf(request.userId)) ?? 'UTC';
      const today = localDateOf(this.clock.nowMs(), zone);
      const end = request.endDate ?? today;
      if (end > today) throw new PeriodNotOver({ detail: 'end_date must be today or earlier.', issues: [{ pointer: '/end_date', detail: 'must be today or earlier' }] });
      return this.begin(request.userId, weekEndingOn(end, zone), request.id);
    });
  }

  /** The same for a period that is already known; joins the ambient transaction. */
  async begin(userId: string, period: Period, id: string = uuidv7(this.clock.nowMs())): Promise<Story> {
    const now = this.clock.now();
    const story = newStory({ id, userId, period, createdAt: now });
    await this.stories.add(story);
    await this.work.enqueue({ kind: MAKE_STORY, key: id, userId, runAt: now });
    return story;
  }
}
