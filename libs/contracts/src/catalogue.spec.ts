import { describe, expect, it } from '@jest/globals';
import { cloudEventSchema, eventDefinition, events, placesOf, routes, unmarkedText, type Contract, type EventDefinition, type Route } from './index.js';

const allRoutes = Object.entries<Route>(routes);
const allEvents = Object.values<EventDefinition>(events);

function bodiesOf(route: Route): Contract[] {
  return [route.body, route.response].filter((body) => body !== undefined);
}

describe('the catalogue of routes', () => {
  it.each(allRoutes)('%s carries no free text that is neither sealed nor on the clear list', (_name, route) => {
    expect(bodiesOf(route).flatMap((body) => unmarkedText(body.plain))).toEqual([]);
    expect(bodiesOf(route).flatMap((body) => unmarkedText(body.inner))).toEqual([]);
  });

  it.each(allRoutes)('%s is known by its own name', (name, route) => {
    expect(route.name).toBe(name);
  });

  it('has each method and path once', () => {
    const ends = allRoutes.map(([, route]) => `${route.method} ${route.path}`);
    expect(new Set(ends).size).toBe(ends.length);
  });

  it('keeps what is internal under /internal and nothing else', () => {
    for (const [, route] of allRoutes) expect(route.path.startsWith('/internal/')).toBe(route.audience.kind === 'internal');
  });

  it('binds every sealed body to an id: its own, or that of the path', () => {
    for (const [, route] of allRoutes) {
      if (route.body?.sealed !== true) continue;
      const own = placesOf(route.body.inner).some((place) => /^(id|[a-z]+_id|items\[\]\.id)$/.test(place.path));
      expect(own || route.oidParam !== undefined).toBe(true);
    }
  });

  it('holds Idempotency-Key on every POST that creates', () => {
    const creating = allRoutes.filter(([, route]) => route.method === 'POST' && [201, 202].includes(route.status));
    expect(creating.filter(([, route]) => route.idempotency === undefined).map(([name]) => name)).toEqual([]);
  });
});

describe('the catalogue of events', () => {
  it.each(allEvents.map((definition) => [definition.type, definition] as const))('%s carries no words in the clear', (_type, definition) => {
    expect(unmarkedText(definition.data.plain)).toEqual([]);
    expect(unmarkedText(definition.data.inner)).toEqual([]);
  });

  it('has the seed’s four events', () => {
    for (const type of ['task.created', 'goal.achieved', 'story.generated', 'reminder.due']) expect(eventDefinition(type)?.version).toBe(1);
    expect(eventDefinition('task.imagined')).toBeUndefined();
  });

  it('has each type once', () => {
    expect(new Set(allEvents.map((definition) => definition.type)).size).toBe(allEvents.length);
  });

  it('refuses an envelope that is not CloudEvents 1.0', () => {
    const good = {
      specversion: '1.0', id: '0190a000-0000-7000-8000-000000000001', source: '/backend', type: 'task.deleted', time: '2026-01-05T07:00:00.000Z', datacontenttype: 'application/json',
      userid: '0190a000-0000-7000-8000-000000000002', aggregateid: '0190a000-0000-7000-8000-000000000003', seq: 1, dataversion: 1, data: {},
    };
    expect(cloudEventSchema.safeParse(good).success).toBe(true);
    expect(cloudEventSchema.safeParse({ ...good, specversion: '0.3' }).success).toBe(false);
    expect(cloudEventSchema.safeParse({ ...good, seq: 0 }).success).toBe(false);
  });
});
