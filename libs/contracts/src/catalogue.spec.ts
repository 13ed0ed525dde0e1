import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { childrenOf, cloudEventSchema, eventDefinition, events, markOf, oidKeyOf, onceMode, priorityOf, routes, unmarkedText, type Contract, type EventDefinition, type Route } from './index.js';

const allRoutes = Object.entries<Route>(routes);
const allEvents = Object.values<EventDefinition>(events);

function bodiesOf(route: Route): Contract[] {
  return [route.body, route.response].filter((body) => body !== undefined);
}

/** The sealed fields that no id stands for. */
function unbound(schema: z.ZodType, bound: boolean, path = ''): string[] {
  const mark = markOf(schema);
  if (mark !== undefined) return mark.kind === 'sealed' && !bound ? [path] : [];
  if (schema instanceof z.ZodObject) {
    const own = bound || oidKeyOf(schema) !== undefined;
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, field]) => unbound(field, own, `${path}.${key}`));
  }
  const inside = schema instanceof z.ZodArray ? [schema.element as z.ZodType] : childrenOf(schema);
  return inside.flatMap((child) => unbound(child, bound, path));
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

  it('binds every sealed field of a body to an id: that of an object around it, or that of the path', () => {
    for (const [name, route] of allRoutes) {
      if (route.body?.sealed !== true) continue;
      expect([name, unbound(route.body.plain, route.oidParam !== undefined)]).toEqual([name, []]);
    }
  });

  it('holds Idempotency-Key on everything people change, but for what is named here with its reason', () => {
    const changing = allRoutes.filter(([, route]) => route.method !== 'GET' && route.audience.kind !== 'internal');
    const without = changing.filter(([, route]) => onceMode(route) === undefined);
    expect(without.map(([name]) => name).sort()).toEqual(['describePicture', 'login', 'logout', 'moveClock', 'refresh', 'transcribe']);
    for (const [, route] of without) expect(route.idempotency).toEqual({ none: expect.stringMatching(/\w{3}/) });
  });

  it('knows what may be refused first, and what never', () => {
    const named = (priority: string): string[] => allRoutes.filter(([, route]) => priorityOf(route) === priority).map(([name]) => name);
    expect(named('vital')).toEqual(['logout']);
    expect(named('low')).toEqual(expect.arrayContaining(['converse', 'answerMessage', 'createStory', 'writeNarrative']));
    expect(named('normal')).toEqual(expect.arrayContaining(['createTask', 'listTasks', 'login', 'getStory']));
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
