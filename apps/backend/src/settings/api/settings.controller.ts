import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { PersonSettings } from '../domain/person-settings.js';

@Controller()
export class SettingsController {
  constructor(private readonly settings: PersonSettings) {}

  @Route(routes.getSettings)
  async get(@Input() { userId }: InputOf<typeof routes.getSettings>): Promise<AnswerOf<typeof routes.getSettings>> {
    return this.settings.of(userId);
  }

  @Route(routes.changeSettings)
  async change(@Input() { userId, ifMatch, body }: InputOf<typeof routes.changeSettings>): Promise<AnswerOf<typeof routes.changeSettings>> {
    return this.settings.change(userId, ifMatch, body);
  }
}
