import { defineError } from '@selfos/kernel';

/** The one answer to every sealed thing that cannot be parsed or opened; it never says which check failed. */
export class SealRefused extends defineError('crypto.seal.refused', 'invalid', 'The sealed content cannot be opened') {}

/** The one answer to every token that does not pass; it never says which check failed. */
export class TokenRefused extends defineError('crypto.token.refused', 'unauthenticated', 'The token is not valid') {}

/** A key file is missing its protection, is damaged, or cannot be written; `detail` names the file and the fix. */
export class KeyFileUnusable extends defineError('crypto.key-file.unusable', 'unavailable', 'A key file cannot be used') {}
