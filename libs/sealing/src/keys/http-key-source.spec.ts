import { describe, expect, it } from '@jest/globals';
import { toBase64Url } from '@selfos/crypto';
import { rootContext, runInContext } from '@selfos/observability';
import { HttpKeySource } from './http-key-source.js';

const key = new Uint8Array(32).fill(5);

function source(answer: string): { source: HttpKeySource; asked: unknown[] } {
  const asked: unknown[] = [];
  const client = {
    call: (route: { name: string }, args: object): Promise<never> => {
      asked.push([route.name, args]);
      return Promise.resolve({ kid: 'tasks:1', epoch: 1, key: answer } as never);
    },
  };
  return { source: new HttpKeySource(client), asked };
}

describe('keys from auth', () => {
  const context = rootContext({ kind: 'event', id: '1' }, { userId: 'ada' });

  it('are asked for by domain and epoch, for the person of the call', async () => {
    const { source: keys, asked } = source(toBase64Url(key));
    expect(await runInContext(context, () => keys.domainKey({ userId: 'ada', domain: 'tasks', epoch: 2 }))).toEqual(key);
    expect(asked).toEqual([['domainKey', { body: { domain: 'tasks', epoch: 2 }, idempotent: true }]]);
  });

  it('are never asked for on behalf of somebody else', async () => {
    const { source: keys, asked } = source(toBase64Url(key));
    await expect(runInContext(context, () => keys.domainKey({ userId: 'bob', domain: 'tasks', epoch: 1 }))).rejects.toThrow('current person');
    expect(asked).toEqual([]);
  });

  it('are 32 bytes or nothing', async () => {
    for (const answer of ['AA', 'no base64url!']) {
      await expect(runInContext(context, () => source(answer).source.domainKey({ userId: 'ada', domain: 'tasks', epoch: 1 }))).rejects.toThrow();
    }
  });
});
