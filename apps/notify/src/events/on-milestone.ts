import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf } from '@selfos/contracts';
import { AnnounceStory } from '../domain/use-cases/announce-story.js';
import { Congratulate } from '../domain/use-cases/congratulate.js';

/** News that a person wants to hear once. */
@Controller()
export class OnMilestone {
  constructor(
    private readonly announceStory: AnnounceStory,
    private readonly congratulate: Congratulate,
  ) {}

  @EventPattern('story.generated')
  async storyGenerated(@Payload() { userid, data }: EventOf<'story.generated'>): Promise<void> {
    await this.announceStory.execute(userid, data.id);
  }

  @EventPattern('goal.achieved')
  async goalAchieved(@Payload() { userid, data, time }: EventOf<'goal.achieved'>): Promise<void> {
    await this.congratulate.execute({ userId: userid, goalId: data.id, title: data.title, achievedAt: new Date(data.achieved_at ?? time) });
  }
}
