import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { ReadStories } from '../domain/use-cases/read-stories.js';
import { RequestStory } from '../domain/use-cases/request-story.js';
import { storyView } from './story-view.js';

@Controller()
export class StoriesController {
  constructor(
    private readonly request: RequestStory,
    private readonly stories: ReadStories,
  ) {}

  @Route(routes.createStory)
  async create(@Input() input: InputOf<typeof routes.createStory>): Promise<AnswerOf<typeof routes.createStory>> {
    const { id, status } = await this.request.execute({ userId: input.userId, id: input.body.id, endDate: input.body.end_date });
    return { id, status };
  }

  @Route(routes.listStories)
  async list(@Input() input: InputOf<typeof routes.listStories>): Promise<AnswerOf<typeof routes.listStories>> {
    const { items, nextCursor } = await this.stories.list(input.userId, input.query);
    return { items: items.map(storyView), next_cursor: nextCursor ?? null };
  }

  @Route(routes.getStory)
  async get(@Input() input: InputOf<typeof routes.getStory>): Promise<AnswerOf<typeof routes.getStory>> {
    return storyView(await this.stories.get(input.userId, input.params.id));
  }
}
