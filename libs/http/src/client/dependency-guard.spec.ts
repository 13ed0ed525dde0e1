import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { DependencyUnavailable } from '../problems/http.errors.js';
import { DependencyGuard } from './dependency-guard.js';
import { SERVICE_LIMITS } from './dependency-limits.js';

describe('a call that had to wait for room', () => {
  it('runs as the person who asked, not as the one whose call made room', async () => {
    const limits = { ...SERVICE_LIMITS.backend, bulkhead: { running: 1, waiting: 10 } };
    const guard = new DependencyGuard(limits, (detail) => new DependencyUnavailable({ detail }));
    const person = new AsyncLocalStorage<string>();
    const call = () => guard.run(false, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return person.getStore();
    });
    const people = ['ada', 'ben', 'cleo', 'dora'];
    expect(await Promise.all(people.map((name) => person.run(name, call)))).toEqual(people);
  });
});
