import { routes } from '@selfos/contracts';
import { randomBytes } from 'node:crypto';
import { SelfosClient } from '../src/client/selfos-client.js';
import { join } from '../src/demo/person.js';
import type { Stage } from '../src/demo/stage.js';

export interface Somebody extends Stage {
  readonly userId: string;
}

/** A new person with an account, signed in. */
export async function somebody(baseUrl: string, timezone = 'Europe/Paris'): Promise<Somebody> {
  const stage: Stage = { client: new SelfosClient(baseUrl), run: randomBytes(6).toString('hex'), timezone, tell: () => undefined };
  return { ...stage, userId: await join(stage) };
}

/** Appendix B of the seed, as a request. */
export const APPENDIX_B = {
  message: 'I want to start exercising regularly',
  context: { life_areas: ['health' as const], current_mood: 'motivated', available_time: 30 },
};

export async function planned(person: Somebody, step = 'appendix-b') {
  return person.client.call(routes.converse, { key: `${person.run}:${step}`, body: APPENDIX_B });
}
