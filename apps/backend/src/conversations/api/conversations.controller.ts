import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, ServerSentEvents, type AnswerOf, type InputOf } from '@selfos/http';
import { Converse } from '../domain/use-cases/converse.js';
import { ReadConversations } from '../domain/use-cases/read-conversations.js';

@Controller()
export class ConversationsController {
  constructor(
    private readonly converse: Converse,
    private readonly conversations: ReadConversations,
  ) {}

  @Route(routes.converse)
  async say(@Input() { userId, body, wantsStream, signal }: InputOf<typeof routes.converse>): Promise<AnswerOf<typeof routes.converse>> {
    return wantsStream ? new ServerSentEvents(this.converse.live(userId, body, signal)) : this.converse.execute(userId, body, signal);
  }

  @Route(routes.listConversations)
  async list(@Input() { userId, query }: InputOf<typeof routes.listConversations>): Promise<AnswerOf<typeof routes.listConversations>> {
    return this.conversations.page(userId, query);
  }

  @Route(routes.getConversation)
  async get(@Input() { userId, params }: InputOf<typeof routes.getConversation>): Promise<AnswerOf<typeof routes.getConversation>> {
    return this.conversations.one(userId, params.id);
  }

  @Route(routes.listMessages)
  async listMessages(@Input() { userId, params, query }: InputOf<typeof routes.listMessages>): Promise<AnswerOf<typeof routes.listMessages>> {
    return this.conversations.messages(userId, params.id, query);
  }
}
