import { routes } from '@selfos/contracts';
import { randomBytes } from 'node:crypto';
import { SelfosClient } from '../src/client/selfos-client.js';
import { join } from '../src/demo/person.js';
import type { Stage } from '../src/demo/stage.js';

export interface Somebody extends Stage {
  readonly userId: string;
  /** Access token of the session. */
  readonly token: string;
}

/** Knows its token, for those who write their requests themselves. */
class RememberingClient extends SelfosClient {
  accessToken = '';

  override signInWith(accessToken: string | undefined): void {
    this.accessToken = accessToken ?? '';
    super.signInWith(accessToken);
  }
}

/** A new person with an account, signed in. */
export async function somebody(baseUrl: string, timezone = 'Europe/Paris'): Promise<Somebody> {
  const client = new RememberingClient(baseUrl);
  const stage: Stage = { client, run: randomBytes(6).toString('hex'), timezone, tell: () => undefined };
  const userId = await join(stage);
  return { ...stage, userId, token: client.accessToken };
}

/** Appendix B of the seed, as a request. */
export const APPENDIX_B = {
  message: 'I want to start exercising regularly',
  context: { life_areas: ['health' as const], current_mood: 'motivated', available_time: 30 },
};

export async function planned(person: Somebody, step = 'appendix-b') {
  return person.client.call(routes.converse, { key: `${person.run}:${step}`, body: APPENDIX_B });
}
