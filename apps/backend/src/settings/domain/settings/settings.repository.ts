import type { Uuid } from '@selfos/kernel';
import type { Settings } from './settings.js';

/** A person's settings; FIRST_SETTINGS until they change one. */
export abstract class SettingsRepository {
  abstract find(userId: Uuid): Promise<Settings>;
  /** Keeps `settings`, which follow those of version `seen`; false when others were kept meanwhile. */
  abstract replace(userId: Uuid, settings: Settings, seen: number): Promise<boolean>;
}
