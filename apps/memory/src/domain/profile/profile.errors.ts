import { defineError } from '@selfos/kernel';

export class ProfileVersionMismatch extends defineError('memory.profile.version-mismatch', 'conflict', 'Your profile has changed since you read it') {}

export class ProfileValueUnknown extends defineError('memory.profile.value-unknown', 'conflict', 'This value is not known yet: give one to lock it') {}
