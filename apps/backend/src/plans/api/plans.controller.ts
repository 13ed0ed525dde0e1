import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { viewOf } from '../domain/plan/plan.js';
import { DecidePlan } from '../domain/use-cases/decide-plan.js';

@Controller()
export class PlansController {
  constructor(private readonly plans: DecidePlan) {}

  @Route(routes.getPlan)
  async get(@Input() { userId, params }: InputOf<typeof routes.getPlan>): Promise<AnswerOf<typeof routes.getPlan>> {
    return viewOf(await this.plans.read(userId, params.id));
  }

  @Route(routes.acceptPlan)
  async accept(@Input() { userId, params, body }: InputOf<typeof routes.acceptPlan>): Promise<AnswerOf<typeof routes.acceptPlan>> {
    return viewOf(await this.plans.accept(userId, params.id, body));
  }

  @Route(routes.rejectPlan)
  async reject(@Input() { userId, params }: InputOf<typeof routes.rejectPlan>): Promise<AnswerOf<typeof routes.rejectPlan>> {
    return viewOf(await this.plans.reject(userId, params.id));
  }

  @Route(routes.undoPlan)
  async undo(@Input() { userId, params }: InputOf<typeof routes.undoPlan>): Promise<AnswerOf<typeof routes.undoPlan>> {
    return viewOf(await this.plans.undo(userId, params.id));
  }
}
