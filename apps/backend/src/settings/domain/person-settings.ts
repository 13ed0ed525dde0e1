import { Injectable } from '@nestjs/common';
import { events } from '@selfos/contracts';
import { EventPublisher } from '@selfos/event-bus';
import type { Uuid } from '@selfos/kernel';
import { Transaction } from '@selfos/persistence';
import { PrivacyNotice } from './ports/privacy-notice.js';
import { SettingsVersionMismatch } from './settings/settings.errors.js';
import { SettingsRepository } from './settings/settings.repository.js';
import { changed, type Settings, type SettingsChange } from './settings/settings.js';

/** Reads a person's settings, and changes them from the version that was seen, telling whoever answers in their name. */
@Injectable()
export class PersonSettings {
  constructor(
    private readonly settings: SettingsRepository,
    private readonly transaction: Transaction,
    private readonly publisher: EventPublisher,
    private readonly notice: PrivacyNotice,
  ) {}

  async of(userId: Uuid): Promise<Settings> {
    return this.transaction.run(() => this.settings.find(userId));
  }

  /** A wish for privacy is heeded before it is confirmed. Throws SettingsVersionMismatch. */
  async change(userId: Uuid, seen: number | '*', change: SettingsChange): Promise<Settings> {
    return this.transaction.run(async () => {
      const current = await this.settings.find(userId);
      if (seen !== '*' && seen !== current.version) throw new SettingsVersionMismatch();
      const next = changed(current, change);
      if (!(await this.settings.replace(userId, next, current.version))) throw new SettingsVersionMismatch();
      const { privacy_mode, model, budget, version } = next;
      await this.publisher.publish(events.settingsChanged, { aggregateId: userId, userId, data: { privacy_mode, model, budget, version } });
      if (privacy_mode !== 'off' && privacy_mode !== current.privacy_mode) await this.notice.give(next);
      return next;
    });
  }
}
