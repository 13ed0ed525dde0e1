import type { Uuid } from '@selfos/kernel';
import { SettingsRepository } from '../../domain/settings/settings.repository.js';
import { FIRST_SETTINGS, type Settings } from '../../domain/settings/settings.js';

export class InMemorySettingsRepository extends SettingsRepository {
  private readonly settings = new Map<Uuid, Settings>();

  async find(userId: Uuid): Promise<Settings> {
    return this.settings.get(userId) ?? FIRST_SETTINGS;
  }

  async replace(userId: Uuid, settings: Settings, seen: number): Promise<boolean> {
    if ((await this.find(userId)).version !== seen) return false;
    this.settings.set(userId, settings);
    return true;
  }
}
