import { defineError } from '@selfos/kernel';

export class BlobNotFound extends defineError('blob-storage.blob.not-found', 'not-found', 'There is no such blob') {}

export class InvalidBlobKey extends defineError('blob-storage.key.invalid', 'invalid', 'This is no key for a blob') {}

export class InvalidBlobRange extends defineError('blob-storage.range.invalid', 'invalid', 'The range lies outside the blob') {}
