import { describe, expect, it } from '@jest/globals';
import { events, routes, type EventDefinition, type Route, type ServiceManifest } from '@selfos/contracts';
import { problemsOfManifests } from './problems-of-manifests.ts';

const catalogue = { events: Object.values<EventDefinition>(events), routes: Object.values<Route>(routes) };
const aService = (changes: Partial<ServiceManifest> & Pick<ServiceManifest, 'name'>): ServiceManifest => ({
  plane: 'clear', port: 1, publishes: [], consumes: [], calls: [], opens: [], databases: [], stores: [], ...changes,
});
const imagined = (type: string): never => type as never;

describe('manifests that are wrong on purpose', () => {
  it('a circle of calls is named step by step', () => {
    const circle = [aService({ name: 'auth', calls: ['memory'] }), aService({ name: 'memory', calls: ['notify'] }), aService({ name: 'notify', calls: ['auth'] })];
    expect(problemsOfManifests(circle, catalogue)).toContain('calls go in a circle: auth → memory → notify → auth');
  });

  it('an event without an entry in the catalogue is refused on both ends', () => {
    const problems = problemsOfManifests([aService({ name: 'notify', publishes: [imagined('dream.had')], consumes: [imagined('dream.told')] })], catalogue);
    expect(problems).toEqual(['notify publishes dream.had, which is not in the catalogue', 'notify consumes dream.told, which is not in the catalogue']);
  });

  it('an event of another service is refused', () => {
    expect(problemsOfManifests([aService({ name: 'notify', publishes: ['task.created'] })], catalogue)).toEqual(['notify publishes task.created, which belongs to backend']);
  });

  it('a caller that keeps its call to itself is refused', () => {
    const problems = problemsOfManifests([aService({ name: 'auth' }), aService({ name: 'gateway', plane: 'edge' })], catalogue);
    expect(problems.some((problem) => problem.startsWith('gateway may call'))).toBe(true);
  });

  it('a clear service that opens is refused', () => {
    expect(problemsOfManifests([aService({ name: 'notify', opens: ['tasks'] })], catalogue)).toEqual(['notify is in the clear plane and opens tasks']);
  });
});
