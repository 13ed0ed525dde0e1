import { isUuid, type Uuid } from '@selfos/kernel';

/**
 * A refresh token names its person, so that it is looked for among their rows only: `<32 hex digits of the user id>.<secret>`.
 * The name proves nothing; the hash of the whole does.
 */
export function refreshTokenText(userId: Uuid, secret: string): string {
  return `${userId.replaceAll('-', '')}.${secret}`;
}

/** Whose token this claims to be; undefined for text that we never gave out. */
export function ownerOfRefreshToken(token: string): Uuid | undefined {
  const match = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.[A-Za-z0-9_-]{43}$/.exec(token);
  const userId = match?.slice(1).join('-');
  return isUuid(userId) ? userId : undefined;
}
