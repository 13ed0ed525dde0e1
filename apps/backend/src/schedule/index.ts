export { Outlook } from './domain/outlook.js';
