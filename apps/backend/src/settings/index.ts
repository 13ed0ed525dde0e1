export { PersonSettings } from './domain/person-settings.js';
export type { Settings } from './domain/settings/settings.js';
