import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import { Clock } from '@selfos/kernel';
import { StoryRepository, type StoryFile } from '../../story/story.repository.js';
import { advance, fail, finish, wait, type StoryState, type StoryTexts } from '../../story/story.js';

/** Writes down how far a story has come. Every call joins the transaction in which the job moves on, so each happens once. */
export class StoryProgress {
  constructor(
    private readonly stories: StoryRepository,
    private readonly publisher: EventPublisher,
    private readonly clock: Clock,
  ) {}

  async passed(userId: string, storyId: string, done: { readonly state: StoryState; readonly texts?: StoryTexts }): Promise<void> {
    const story = await this.stories.getForChange(userId, storyId);
    await this.stories.save(advance(story, done.state, done.texts));
  }

  async stored(userId: string, storyId: string, results: { readonly files: readonly StoryFile[]; readonly texts: StoryTexts }): Promise<void> {
    await this.stories.saveFiles(userId, storyId, results.files);
    await this.passed(userId, storyId, { state: 'StoreResults', texts: results.texts });
  }

  /** The story is ready; whoever notifies people hears of it, once. */
  async finished(userId: string, storyId: string): Promise<void> {
    const story = finish(await this.stories.getForChange(userId, storyId), this.clock.now());
    await this.stories.save(story);
    const { start, end } = story.period;
    await this.publisher.publish(events.storyGenerated, { aggregateId: storyId, userId, data: { id: storyId, period: 'week', start_date: start, end_date: end } });
  }

  /** Something that the story needs is away; whatever it does next ends the waiting. */
  async waiting(userId: string, storyId: string): Promise<void> {
    const story = await this.stories.getForChange(userId, storyId);
    if (story.status !== 'waiting') await this.stories.save(wait(story));
  }

  async failed(userId: string, storyId: string, failure: string): Promise<void> {
    const story = await this.stories.find(userId, storyId);
    if (story === undefined) return;
    await this.stories.save(fail(story, failure));
    await this.publisher.publish(events.storyFailed, { aggregateId: storyId, userId, data: { id: storyId, failure } });
  }
}
