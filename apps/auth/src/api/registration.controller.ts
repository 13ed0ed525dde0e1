import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, RequestOnce, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { Register } from '../domain/use-cases/register.js';
import { meBody } from './bodies.js';

@Controller()
export class RegistrationController {
  constructor(
    private readonly registering: Register,
    private readonly once: RequestOnce,
  ) {}

  @Route(routes.register)
  async register(@Input() { body }: InputOf<typeof routes.register>): Promise<AnswerOf<typeof routes.register>> {
    const { email } = body;
    const user = await this.registering.execute(body, (kept) => this.once.completeOwn({ status: routes.register.status, body: meBody({ user: kept, email }) }));
    return meBody({ user, email });
  }
}
