export { PersonSettings } from './domain/person-settings.js';
