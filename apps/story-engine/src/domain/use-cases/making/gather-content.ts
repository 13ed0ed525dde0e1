import { Transaction } from '@selfos/persistence';
import { EvidenceRepository } from '../../evidence/evidence.repository.js';
import { narrated, type NarratedEvidence } from '../../evidence/evidence.js';
import { localDateOf } from '../../period/period.js';
import { StoryNotFound } from '../../story/story.errors.js';
import { StoryRepository } from '../../story/story.repository.js';
import type { Story } from '../../story/story.js';

/** Reads, once and for all, what this story may be made of. */
export class GatherContent {
  constructor(
    private readonly transaction: Transaction,
    private readonly stories: StoryRepository,
    private readonly evidence: EvidenceRepository,
  ) {}

  async execute(userId: string, storyId: string): Promise<NarratedEvidence[]> {
    return this.transaction.run(async () => {
      const { period } = await this.story(userId, storyId);
      const found = await this.evidence.inPeriod(userId, period);
      return found.flatMap((one) => narrated(one, one.localDate ?? localDateOf(one.happenedAt.getTime(), period.zone)) ?? []);
    });
  }

  /** The story as it stands. */
  async current(userId: string, storyId: string): Promise<Story> {
    return this.transaction.run(() => this.story(userId, storyId));
  }

  private async story(userId: string, storyId: string): Promise<Story> {
    const story = await this.stories.find(userId, storyId);
    if (story === undefined) throw new StoryNotFound();
    return story;
  }
}
