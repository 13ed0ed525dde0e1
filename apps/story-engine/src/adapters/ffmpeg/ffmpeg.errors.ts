import { defineError } from '@selfos/kernel';

export class EncoderMissing extends defineError('stories.encoder.missing', 'unavailable', 'There is no FFmpeg to make films with') {}

export class EncodingFailed extends defineError('stories.encoding.failed', 'unavailable', 'The film could not be encoded') {}

export class EncodingTooSlow extends defineError('stories.encoding.too-slow', 'unavailable', 'The film took too long to encode') {}
