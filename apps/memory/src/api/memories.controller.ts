import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { ForgetMemory } from '../domain/use-cases/forget-memory.js';
import { ListMemories } from '../domain/use-cases/list-memories.js';
import { toView } from './memory-views.js';

/** What people may see and take back of what is remembered of them. */
@Controller()
export class MemoriesController {
  constructor(
    private readonly listMemories: ListMemories,
    private readonly forgetMemory: ForgetMemory,
  ) {}

  @Route(routes.listMemories)
  async list(@Input() { userId, query }: InputOf<typeof routes.listMemories>): Promise<AnswerOf<typeof routes.listMemories>> {
    const { items, nextCursor } = await this.listMemories.execute(userId, query, query);
    return { items: items.map(toView), next_cursor: nextCursor ?? null };
  }

  @Route(routes.forgetMemory)
  async forget(@Input() { userId, params }: InputOf<typeof routes.forgetMemory>): Promise<void> {
    await this.forgetMemory.execute(userId, params.id);
  }
}
