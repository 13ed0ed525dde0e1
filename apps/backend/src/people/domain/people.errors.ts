import { defineError } from '@selfos/kernel';

/** The news of the account has not come yet; it will. */
export class PersonUnknown extends defineError('people.person.unknown', 'unavailable', 'Your account is not known here yet; try again in a moment') {}
