import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { CorrectMemory } from '../domain/use-cases/correct-memory.js';
import { ForgetEverything } from '../domain/use-cases/forget-everything.js';
import { ForgetMemory } from '../domain/use-cases/forget-memory.js';
import { ListMemories } from '../domain/use-cases/list-memories.js';
import { MemorySettings } from '../domain/use-cases/memory-settings.js';
import { toView } from './memory-views.js';

/** What people may see and take back of what is remembered of them. */
@Controller()
export class MemoriesController {
  constructor(
    private readonly listMemories: ListMemories,
    private readonly forgetMemory: ForgetMemory,
    private readonly forgetEverything: ForgetEverything,
    private readonly correctMemory: CorrectMemory,
    private readonly settings: MemorySettings,
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

  @Route(routes.forgetAllMemories)
  async forgetAll(@Input() { userId }: InputOf<typeof routes.forgetAllMemories>): Promise<void> {
    await this.forgetEverything.execute(userId);
  }

  @Route(routes.correctMemory)
  async correct(@Input() { userId, params, body }: InputOf<typeof routes.correctMemory>): Promise<AnswerOf<typeof routes.correctMemory>> {
    return toView(await this.correctMemory.execute(userId, params.id, body));
  }

  @Route(routes.getMemorySettings)
  getSettings(@Input() { userId }: InputOf<typeof routes.getMemorySettings>): Promise<AnswerOf<typeof routes.getMemorySettings>> {
    return this.settings.execute(userId);
  }

  @Route(routes.changeMemorySettings)
  changeSettings(@Input() { userId, body }: InputOf<typeof routes.changeMemorySettings>): Promise<AnswerOf<typeof routes.changeMemorySettings>> {
    return this.settings.execute(userId, body);
  }
}
