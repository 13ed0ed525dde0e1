import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { Accounts } from '../domain/use-cases/accounts.js';
import { ChangeTimezone } from '../domain/use-cases/change-timezone.js';
import { meBody } from './bodies.js';

@Controller()
export class MeController {
  constructor(
    private readonly accounts: Accounts,
    private readonly changing: ChangeTimezone,
  ) {}

  @Route(routes.getMe)
  async get(@Input() { userId }: InputOf<typeof routes.getMe>): Promise<AnswerOf<typeof routes.getMe>> {
    return meBody(await this.accounts.view(await this.accounts.get(userId)));
  }

  @Route(routes.changeMe)
  async change(@Input() { userId, body, ifMatch }: InputOf<typeof routes.changeMe>): Promise<AnswerOf<typeof routes.changeMe>> {
    return meBody(await this.accounts.view(await this.changing.execute(userId, { timezone: body.timezone, ifMatch })));
  }
}
