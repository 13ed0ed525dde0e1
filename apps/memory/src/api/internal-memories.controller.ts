import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { Privacy } from '../domain/ports/privacy.js';
import { Recall } from '../domain/use-cases/recall.js';
import { Remember } from '../domain/use-cases/remember.js';
import { toPeriod, toProposal, toRecalledView } from './memory-views.js';

/** What ai-engine asks for while it answers and learns. */
@Controller()
export class InternalMemoriesController {
  constructor(
    private readonly rememberAll: Remember,
    private readonly recallNearest: Recall,
    private readonly privacy: Privacy,
  ) {}

  @Route(routes.withholdMemories)
  async withhold(@Input() { userId, body }: InputOf<typeof routes.withholdMemories>): Promise<void> {
    await this.privacy.learn(userId, body.withheld, body.version);
  }

  @Route(routes.remember)
  async remember(@Input() { userId, body }: InputOf<typeof routes.remember>): Promise<AnswerOf<typeof routes.remember>> {
    const { recorded, merged, rejected } = await this.rememberAll.execute(userId, body.items.map(toProposal));
    return { recorded: [...recorded], merged: [...merged], rejected: [...rejected] };
  }

  @Route(routes.recall)
  async recall(@Input() { userId, body }: InputOf<typeof routes.recall>): Promise<AnswerOf<typeof routes.recall>> {
    const question = { query: { id: body.query_id, text: body.query }, k: body.k, period: toPeriod(body.period) };
    return { items: (await this.recallNearest.execute(userId, question)).map(toRecalledView) };
  }
}
