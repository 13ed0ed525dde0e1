import { randomBytes } from 'node:crypto';
import { SteadfastClient } from '../../../apps/selfos/test/steadfast.ts';
import { join } from '../../../apps/selfos/src/demo/person.ts';

/** Somebody with an account and an access token, for whoever writes requests by hand. */
export interface PatientPerson {
  readonly client: SteadfastClient;
  readonly userId: string;
  readonly token: string;
  /** Makes this person's keys. */
  readonly run: string;
}

class RememberingClient extends SteadfastClient {
  accessToken = '';

  override signInWith(accessToken: string | undefined): void {
    this.accessToken = accessToken ?? '';
    super.signInWith(accessToken);
  }
}

/** A new person, signed in, however busy the machine is. */
export async function patientPerson(baseUrl: string): Promise<PatientPerson> {
  const client = new RememberingClient(baseUrl, () => Promise.resolve());
  const run = randomBytes(6).toString('hex');
  const userId = await join({ client, run, timezone: 'Europe/Paris', tell: () => undefined });
  return { client, userId, token: client.accessToken, run };
}
