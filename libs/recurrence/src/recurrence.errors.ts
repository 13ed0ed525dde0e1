import { defineError } from '@selfos/kernel';

export class InvalidRule extends defineError('recurrence.rule.invalid', 'invalid', 'This recurrence rule cannot be used') {}
export class InvalidCron extends defineError('recurrence.cron.invalid', 'invalid', 'This cron expression cannot be used') {}
export class InvalidWords extends defineError('recurrence.words.invalid', 'invalid', 'This recurrence is not understood') {}
export class InvalidWallTime extends defineError('recurrence.wall-time.invalid', 'invalid', 'This is not a time of day') {}
export class InvalidLocalDate extends defineError('recurrence.local-date.invalid', 'invalid', 'This is not a date') {}
export class UnknownZone extends defineError('recurrence.zone.unknown', 'invalid', 'This time zone is not known') {}
