import { defineError } from '@selfos/kernel';

/** One answer for an unknown address and a wrong password: nobody learns who has an account. */
export class CredentialsRefused extends defineError('auth.login.refused', 'unauthenticated', 'E-mail address or password is wrong') {}
/** One answer for a refresh token that is unknown, expired, revoked or used before. */
export class RefreshRefused extends defineError('auth.refresh.refused', 'unauthenticated', 'The session is over; sign in again') {}
/** More sign-ins at once than this machine hashes passwords for. */
export class SignInBusy extends defineError('auth.login.busy', 'unavailable', 'Too many people are signing in right now; try again in a moment') {}
