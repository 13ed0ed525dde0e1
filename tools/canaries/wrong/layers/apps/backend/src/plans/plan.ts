import { secret } from '../tasks/domain/secret.js';

export const plan = secret;
