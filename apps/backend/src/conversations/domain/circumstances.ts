import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { People } from '../../people/index.js';
import { Outlook } from '../../schedule/index.js';
import { PersonSettings } from '../../settings/index.js';
import type { Question } from './conversation/conversation.js';

/** What an answer has to know of a person beside their words. */
@Injectable()
export class Circumstances {
  constructor(
    private readonly people: People,
    private readonly settings: PersonSettings,
    private readonly outlook: Outlook,
  ) {}

  async of(userId: Uuid): Promise<{ about: Pick<Question, 'timezone' | 'settings' | 'agenda'>; asksFirst: boolean }> {
    const timezone = await this.people.zoneOf(userId);
    const { privacy_mode, model, budget, ask_before_applying: asksFirst } = await this.settings.of(userId);
    return { about: { timezone, settings: { privacy_mode, model, budget }, agenda: await this.outlook.of(userId, timezone) }, asksFirst };
  }
}
