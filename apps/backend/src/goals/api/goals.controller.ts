import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { ChangeGoal } from '../domain/use-cases/change-goal.js';
import { CreateGoal } from '../domain/use-cases/create-goal.js';
import { ReadGoals } from '../domain/use-cases/read-goals.js';

@Controller()
export class GoalsController {
  constructor(
    private readonly createGoal: CreateGoal,
    private readonly changeGoal: ChangeGoal,
    private readonly readGoals: ReadGoals,
  ) {}

  @Route(routes.createGoal)
  async create(@Input() { userId, body }: InputOf<typeof routes.createGoal>): Promise<AnswerOf<typeof routes.createGoal>> {
    return this.createGoal.execute(userId, body);
  }

  @Route(routes.listGoals)
  async list(@Input() { userId, query }: InputOf<typeof routes.listGoals>): Promise<AnswerOf<typeof routes.listGoals>> {
    return this.readGoals.page(userId, query);
  }

  @Route(routes.getGoal)
  async get(@Input() { userId, params }: InputOf<typeof routes.getGoal>): Promise<AnswerOf<typeof routes.getGoal>> {
    return this.readGoals.one(userId, params.id);
  }

  @Route(routes.changeGoal)
  async change(@Input() { userId, params, ifMatch, body }: InputOf<typeof routes.changeGoal>): Promise<AnswerOf<typeof routes.changeGoal>> {
    return this.changeGoal.execute(userId, { id: params.id, version: ifMatch }, body);
  }

  @Route(routes.deleteGoal)
  async remove(@Input() { userId, params, ifMatch }: InputOf<typeof routes.deleteGoal>): Promise<void> {
    await this.changeGoal.remove(userId, { id: params.id, version: ifMatch });
  }
}
