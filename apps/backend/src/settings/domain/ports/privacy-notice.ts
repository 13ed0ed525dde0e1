import type { Settings } from '../settings/settings.js';

/** Tells those who ask models for a person that they want privacy. Resolves when they heed it, or cannot be reached: then they ask nobody now. */
export abstract class PrivacyNotice {
  abstract give(settings: Settings): Promise<void>;
}
