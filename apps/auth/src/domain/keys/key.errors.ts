import { defineError } from '@selfos/kernel';

export class KeyForbidden extends defineError('auth.key.forbidden', 'forbidden', 'This service holds no grant for that domain') {}
export class KeyNotFound extends defineError('auth.key.not-found', 'not-found', 'There is no such key') {}
