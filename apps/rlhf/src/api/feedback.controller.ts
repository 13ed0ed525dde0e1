import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { uuidv7 } from '@selfos/kernel';
import { GiveFeedback } from '../domain/use-cases/give-feedback.js';
import { ListFeedback } from '../domain/use-cases/list-feedback.js';
import { feedbackView } from './feedback-view.js';

@Controller()
export class FeedbackController {
  constructor(
    private readonly giveFeedback: GiveFeedback,
    private readonly listFeedback: ListFeedback,
  ) {}

  @Route(routes.giveFeedback)
  async give(@Input() { userId, body }: InputOf<typeof routes.giveFeedback>): Promise<AnswerOf<typeof routes.giveFeedback>> {
    const { id = uuidv7(), conversation_id: conversationId, message_id: messageId, rating, correction = null } = body;
    return feedbackView(await this.giveFeedback.execute(userId, { id, conversationId, messageId, rating, correction }));
  }

  @Route(routes.listFeedback)
  async list(@Input() { userId, query }: InputOf<typeof routes.listFeedback>): Promise<AnswerOf<typeof routes.listFeedback>> {
    const page = await this.listFeedback.execute(userId, query);
    return { items: page.items.map(feedbackView), next_cursor: page.nextCursor ?? null };
  }
}
