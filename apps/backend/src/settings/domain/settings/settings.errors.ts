import { defineError } from '@selfos/kernel';

export class SettingsVersionMismatch extends defineError('settings.settings.version-mismatch', 'conflict', 'The settings have changed since you read them') {}
