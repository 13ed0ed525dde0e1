import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { LogIn } from '../domain/use-cases/log-in.js';
import { LogOut } from '../domain/use-cases/log-out.js';
import { RefreshSession } from '../domain/use-cases/refresh-session.js';
import { tokensBody } from './bodies.js';

@Controller()
export class AuthController {
  constructor(
    private readonly loggingIn: LogIn,
    private readonly refreshing: RefreshSession,
    private readonly loggingOut: LogOut,
  ) {}

  @Route(routes.login)
  async logIn(@Input() { body }: InputOf<typeof routes.login>): Promise<AnswerOf<typeof routes.login>> {
    return tokensBody(await this.loggingIn.execute(body));
  }

  @Route(routes.refresh)
  async refresh(@Input() { body }: InputOf<typeof routes.refresh>): Promise<AnswerOf<typeof routes.refresh>> {
    return tokensBody(await this.refreshing.execute(body.refresh_token));
  }

  @Route(routes.logout)
  async logOut(@Input() { body }: InputOf<typeof routes.logout>): Promise<void> {
    await this.loggingOut.execute(body.refresh_token);
  }
}
