export { People } from './domain/people.js';
export { PersonRepository } from './domain/person.repository.js';
export { InMemoryPersonRepository } from './repositories/in-memory/in-memory-person-repository.js';
