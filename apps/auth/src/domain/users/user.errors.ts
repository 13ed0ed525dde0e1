import { defineError } from '@selfos/kernel';

export class WeakPassword extends defineError('auth.password.weak', 'invalid', 'The password cannot be used') {}
export class EmailTaken extends defineError('auth.user.email-taken', 'conflict', 'There is already an account with this e-mail address; sign in instead') {}
export class UserIdTaken extends defineError('auth.user.id-taken', 'conflict', 'This id is in use; leave it out or choose another') {}
export class UserNotFound extends defineError('auth.user.not-found', 'not-found', 'There is no such account') {}
export class UserVersionMismatch extends defineError('auth.user.version-mismatch', 'conflict', 'Your account has changed since you read it') {}
