import { defineError } from '@selfos/kernel';

export class NotificationNotFound extends defineError('notify.notification.not-found', 'not-found', 'There is no such notification') {}

export class NotificationCursorInvalid extends defineError('notify.notification.cursor-invalid', 'invalid', 'That page does not exist') {}
