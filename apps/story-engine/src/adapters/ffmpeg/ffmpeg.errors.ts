import { defineError } from '@selfos/kernel';

export class EncoderMissing extends defineError('stories.encoder.missing', 'unavailable', 'There is no FFmpeg to make films with') {}

/** Tried again a few times: nothing that is away explains it. */
export class EncodingFailed extends defineError('stories.encoding.failed', 'conflict', 'The film could not be encoded') {}

export class EncodingTooSlow extends defineError('stories.encoding.too-slow', 'conflict', 'The film took too long to encode') {}
