/** Media type of access tokens (RFC 9068). */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
/** Whom access tokens are for: the API as a whole. */
export const ACCESS_TOKEN_AUDIENCE = 'selfos';
