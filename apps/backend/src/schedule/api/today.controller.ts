import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { Today } from '../domain/today.js';

@Controller()
export class TodayController {
  constructor(private readonly today: Today) {}

  @Route(routes.getToday)
  async get(@Input() { userId }: InputOf<typeof routes.getToday>): Promise<AnswerOf<typeof routes.getToday>> {
    return this.today.execute(userId);
  }
}
