import { describe, expect, it } from '@jest/globals';
import { routes } from '@selfos/contracts';
import { DeadlineExceeded, DependencyUnavailable, InvalidRequest } from '../problems/http.errors.js';
import { pathOfCall, queryOfCall } from './call-args.js';
import { RemoteProblem } from './remote-problem.js';
import { Resilience } from './resilience.js';
import { ServiceDirectory } from './service-directory.js';

describe('the address of a call', () => {
  it('has its parameters escaped and its query without what is unset', () => {
    expect(pathOfCall(routes.getTask, { id: 'a/b c' })).toBe('/api/v1/tasks/a%2Fb%20c');
    expect(queryOfCall({ limit: 5, cursor: undefined, area: ['health', 'career'] })).toBe('?limit=5&area=health&area=career');
    expect(queryOfCall({})).toBe('');
  });
});

describe('the directory', () => {
  it('knows every service at its own port, and takes turns among given addresses', () => {
    const directory = ServiceDirectory.parse('memory=http://a:1|http://b:2');
    expect([directory.originOf('memory'), directory.originOf('memory'), directory.originOf('memory')]).toEqual(['http://a:1', 'http://b:2', 'http://a:1']);
    expect(directory.originOf('auth')).toBe('http://127.0.0.1:8002');
  });

  it('refuses names that are no services', () => {
    expect(() => ServiceDirectory.parse('memry=http://a:1')).toThrow('SERVICE_URLS');
    expect(() => ServiceDirectory.parse('memory=http://ada:hunter2@a:x')).toThrow(/^SERVICE_URLS.*services$/);
  });
});

describe('resilience', () => {
  const failing = (times: number) => {
    let calls = 0;
    const work = async (): Promise<string> => {
      calls += 1;
      if (calls <= times) throw new DependencyUnavailable();
      return 'done';
    };
    return { work, calls: () => calls };
  };

  it('repeats what may be repeated, and nothing else', async () => {
    const twice = failing(2);
    expect(await new Resilience().run('memory', true, twice.work)).toBe('done');
    const once = failing(1);
    await expect(new Resilience().run('memory', false, once.work)).rejects.toThrow(DependencyUnavailable);
    expect(once.calls()).toBe(1);
  });

  it('does not take a refusal for an outage', async () => {
    let calls = 0;
    const refuse = (): Promise<never> => {
      calls += 1;
      return Promise.reject(new InvalidRequest());
    };
    await expect(new Resilience().run('memory', true, refuse)).rejects.toThrow(InvalidRequest);
    expect(calls).toBe(1);
  });

  it('leaves a service alone that keeps failing, and no other', async () => {
    const resilience = new Resilience();
    let calls = 0;
    const fail = (): Promise<never> => {
      calls += 1;
      return Promise.reject(new DependencyUnavailable());
    };
    for (let attempt = 0; attempt < 60; attempt += 1) await resilience.run('memory', false, fail).catch(() => undefined);
    expect(calls).toBeLessThan(60);
    await expect(resilience.run('auth', false, () => Promise.resolve(1))).resolves.toBe(1);
  });
});

describe('a service that hangs', () => {
  const hang = (ms: number) => async (): Promise<never> => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    throw new DeadlineExceeded();
  };
  const outcomes = async (resilience: Resilience, ms: number): Promise<unknown[]> => {
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => resilience.run('memory', true, hang(ms))));
    return results.map((result) => result.status === 'rejected' && result.reason instanceof DeadlineExceeded);
  };

  it('is left alone after a while, and lateness is never tried again', async () => {
    const resilience = new Resilience();
    expect(new Set(await outcomes(resilience, 1_050))).toEqual(new Set([true]));
    await expect(resilience.run('memory', false, () => Promise.resolve(1))).rejects.toThrow(DependencyUnavailable);
  });

  it('is not blamed for callers who had no time to wait', async () => {
    const resilience = new Resilience();
    await outcomes(resilience, 5);
    await expect(resilience.run('memory', false, () => Promise.resolve(1))).resolves.toBe(1);
  });
});

describe('repetitions', () => {
  it('are at most a tenth of the calls, after the first few', async () => {
    const resilience = new Resilience();
    let attempts = 0;
    const half = (): Promise<string> => {
      attempts += 1;
      return attempts % 3 === 0 ? Promise.reject(new DependencyUnavailable()) : Promise.resolve('done');
    };
    for (let call = 0; call < 120; call += 1) await resilience.run('memory', true, half).catch(() => undefined);
    expect(attempts - 120).toBeGreaterThanOrEqual(10);
    expect(attempts - 120).toBeLessThanOrEqual(22);
  });
});

describe('another service’s refusal', () => {
  it('keeps its identity', () => {
    const problem = RemoteProblem.of(412, { type: 'x', title: 'It has changed', status: 412, code: 'tasks.task.version-mismatch' });
    expect(problem).toMatchObject({ code: 'tasks.task.version-mismatch', kind: 'conflict', title: 'It has changed', face: { status: 412 } });
    expect(RemoteProblem.of(502, '<html>')).toMatchObject({ code: 'http.dependency.refused', kind: 'unavailable' });
  });
});
