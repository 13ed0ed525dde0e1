import { beforeAll, describe, expect, it } from '@jest/globals';
import { routes, type Route } from '@selfos/contracts';
import { randomUUID } from 'node:crypto';
import { somebody, type Somebody } from './people.js';
import { sharedSystem } from './system.js';

const system = sharedSystem();
let ada: Somebody;
let bearer: string;

beforeAll(async () => {
  ada = await somebody(system.url);
  const signedIn = await ada.client.call(routes.login, { body: { email: `ada+${ada.run}@example.org`, password: 'a long walk by the sea' } });
  bearer = `Bearer ${signedIn.access_token}`;
}, 120_000);

/** Something that may be changed under a condition, and two changes of it that exclude each other. */
interface Changeable {
  readonly params?: Readonly<Record<string, string>>;
  readonly version: number;
}
interface Walked {
  readonly make: () => Promise<Changeable>;
  readonly bodies: readonly [unknown, unknown];
}

const task = async (): Promise<Changeable> => {
  const made = await ada.client.call(routes.createTask, { key: randomUUID(), body: { title: 'Walk', life_areas: ['health'] } as never });
  return { params: { id: made.id }, version: made.version };
};
const goal = async (): Promise<Changeable> => {
  const made = await ada.client.call(routes.createGoal, { key: randomUUID(), body: { title: 'Be well', vision: 'I climb stairs with ease.', life_areas: ['health'], target_date: '2030-01-01', success_metrics: [] } as never });
  return { params: { id: made.id }, version: made.version };
};

/** Every route with a condition; one that is missing here fails the first test. */
const WALK: Readonly<Record<string, Walked>> = {
  changeTask: { make: task, bodies: [{ title: 'Walk slowly' }, { title: 'Walk fast' }] },
  deleteTask: { make: task, bodies: [undefined, undefined] },
  changeGoal: { make: goal, bodies: [{ title: 'Be better' }, { title: 'Be best' }] },
  deleteGoal: { make: goal, bodies: [undefined, undefined] },
  changeMe: { make: async () => ({ version: (await ada.client.call(routes.getMe)).version }), bodies: [{ timezone: 'Europe/Berlin' }, { timezone: 'Europe/Rome' }] },
  changeSettings: { make: async () => ({ version: (await ada.client.call(routes.getSettings)).version }), bodies: [{ ask_before_applying: true }, { ask_before_applying: false }] },
  changeProfile: { make: async () => ({ version: (await ada.client.call(routes.getProfile)).version }), bodies: [{ communication_style: { value: 'formal' } }, { communication_style: { value: 'casual' } }] },
};

async function send(route: Route, { params }: Changeable, { body, ...extra }: { body: unknown } & Record<string, unknown>): Promise<Response> {
  const path = route.path.replace(/:([a-z_]+)/g, (_match, name: string) => params?.[name] ?? '');
  const headers = { authorization: bearer, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(extra as Record<string, string>) };
  return fetch(system.url + path, { method: route.method, headers, body: body === undefined ? null : JSON.stringify(body) });
}

const conditional = Object.values<Route>(routes).filter((route) => route.conditional === true);

describe('what is changed under a condition', () => {
  it('is walked here as a whole', () => {
    expect(conditional.map((route) => route.name).sort()).toEqual(Object.keys(WALK).sort());
  });

  it.each(conditional.map((route) => [route.name, route] as const))('%s: 428 without If-Match, 412 with another version, and of two writers at once one is told', async (name, route) => {
    const walked = WALK[name];
    if (walked === undefined) throw new Error(`${name} is not walked`);
    const thing = await walked.make();
    const [one, two] = walked.bodies;
    expect((await send(route, thing, { body: one })).status).toBe(428);
    expect((await send(route, thing, { body: one, 'if-match': `"${thing.version + 7}"` })).status).toBe(412);
    const race = await Promise.all([one, two].map((body) => send(route, thing, { body, 'if-match': `"${thing.version}"` })));
    const lost = route.method === 'DELETE' ? [404, 412] : [412];
    expect(race.filter((answer) => answer.ok)).toHaveLength(1);
    expect(lost).toContain(race.find((answer) => !answer.ok)?.status);
  });

  it.each(conditional.map((route) => [route.name, route] as const))('%s: said again with its key, its first answer comes again, not 412', async (name, route) => {
    const walked = WALK[name];
    if (walked === undefined) throw new Error(`${name} is not walked`);
    const thing = await walked.make();
    const [body, other] = walked.bodies;
    const again = { body, 'if-match': `"${thing.version}"`, 'idempotency-key': randomUUID() };
    const first = await send(route, thing, again);
    const second = await send(route, thing, again);
    expect([first.ok, first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([true, null, 'true']);
    expect([second.status, second.headers.get('etag'), await second.text()]).toEqual([first.status, first.headers.get('etag'), await first.text()]);
    if (other !== undefined) expect((await send(route, thing, { ...again, body: other })).status).toBe(422);
  });
});
