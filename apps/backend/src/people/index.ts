export { People } from './domain/people.js';
