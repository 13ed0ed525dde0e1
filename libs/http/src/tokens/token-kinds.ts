/** Media types of the tokens inside (RFC 8725 §3.11: one kind never passes for another). */
export const SERVICE_TOKEN = 'svc+jwt';
export const USER_TOKEN = 'txn+jwt';
/** Audience of the person's transaction token: every service. */
export const USER_TOKEN_AUDIENCE = 'selfos';
export const USER_TOKEN_HEADER = 'x-selfos-user-token';
export const DEADLINE_HEADER = 'x-deadline-ms';
export const SERVICE_TOKEN_SECONDS = 60;
