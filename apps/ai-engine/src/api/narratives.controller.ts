import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { Sealer } from '@selfos/sealing';
import { EnterUsage } from '../domain/use-cases/enter-usage.js';
import { WishesOf } from '../domain/model/wishes-of.js';
import { TellStory } from '../domain/use-cases/tell-story.js';
import { ModelDeadline } from './model-deadline.js';
import { toMaterial, toNarrativeBody } from './narrative-body.js';

/** What story-engine asks for each story: evidence in, narrative, script and texts out, both sealed. */
@Controller()
export class NarrativesController {
  constructor(
    private readonly sealer: Sealer,
    private readonly tellStory: TellStory,
    private readonly enterUsage: EnterUsage,
    private readonly deadline: ModelDeadline,
    private readonly wishes: WishesOf,
  ) {}

  @Route(routes.writeNarrative)
  async write(@Input() { userId, body, signal }: InputOf<typeof routes.writeNarrative>): Promise<AnswerOf<typeof routes.writeNarrative>> {
    const asked = await this.sealer.open(routes.writeNarrative.body, userId, body);
    const { story, model, template, usage } = await this.tellStory.execute(userId, toMaterial(asked), { signal: this.deadline.from(signal), wishes: await this.wishes.of(userId) });
    await this.enterUsage.execute(userId, { answerId: body.story_id, operation: 'narrative', model, template, usage });
    return this.sealer.seal(routes.writeNarrative.response, userId, toNarrativeBody(body.story_id, story, model));
  }
}
