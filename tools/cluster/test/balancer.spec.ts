import { afterEach, describe, expect, it } from '@jest/globals';
import { Balancer } from '../src/balancer.ts';
import { LOST_HEADER, LostAnswers } from '../src/lost-answers.ts';
import { upstream } from './upstream.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function portOf(name: string, may?: Promise<void>): Promise<number> {
  const one = await upstream(name, may && { may });
  open.push(one);
  return one.port;
}

async function before(...parts: ConstructorParameters<typeof Balancer>): Promise<string> {
  const balancer = new Balancer(...parts);
  open.push(balancer);
  return `http://127.0.0.1:${await balancer.listen()}/path?q=1`;
}

describe('the balancer', () => {
  it('gives each request to the next upstream, whole and unchanged', async () => {
    const url = await before([await portOf('a'), await portOf('b')]);
    const names: (string | null)[] = [];
    for (let count = 0; count < 4; count += 1) {
      const answer = await fetch(url, { method: 'POST', body: 'words' });
      names.push(answer.headers.get('x-name'));
      expect([answer.status, await answer.text()]).toEqual([201, 'POST /path?q=1 words']);
    }
    expect(names).toEqual(['a', 'b', 'a', 'b']);
  });

  it('gives nothing more to one that has more to do than another', async () => {
    const [slow, forwarded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const url = await before([await portOf('slow', slow.promise), await portOf('quick')], { forwarded: () => forwarded.resolve() });
    const first = fetch(url);
    await forwarded.promise;
    for (let count = 0; count < 4; count += 1) expect((await fetch(url)).headers.get('x-name')).toBe('quick');
    slow.resolve();
    expect((await first).headers.get('x-name')).toBe('slow');
  });

  it('answers 502 when the upstream is gone', async () => {
    expect((await fetch(await before([1]))).status).toBe(502);
  });

  it('takes what may be repeated to another upstream when the door is closed, and nothing else', async () => {
    const ports = [1, await portOf('b')];
    expect((await fetch(await before(ports))).status).toBe(201);
    expect((await fetch(await before(ports), { method: 'POST', headers: { 'idempotency-key': 'k' }, body: 'words' })).status).toBe(201);
    expect((await fetch(await before(ports), { method: 'POST', body: 'words' })).status).toBe(502);
  });
});

describe('lost answers', () => {
  it('are lost once, on the way to the client, and told of later', async () => {
    const url = await before([await portOf('a')], new LostAnswers(() => Promise.resolve()).atTheEdge());
    const ask = () => fetch(url, { method: 'POST', headers: { 'idempotency-key': 'one:cut@client' }, body: 'words' });
    await expect(ask()).rejects.toThrow();
    expect((await ask()).headers.get(LOST_HEADER)).toMatch(/^[0-9a-f]{64}$/);
    expect((await fetch(url)).headers.get(LOST_HEADER)).toBeNull();
  });

  it('cost the service its life where the key says so, or the gateway that carried the request', async () => {
    const killed: string[] = [];
    const losses = new LostAnswers(async (service, port) => void killed.push(`${service} ${port === servicePort ? 'inner' : 'outer'}`));
    const servicePort = await portOf('service');
    const inner = await before([servicePort], losses.before('backend'));
    const edge = await before([Number(new URL(inner).port)], losses.atTheEdge());
    for (const loss of ['kill@service', 'kill@gateway', 'cut@service']) {
      const answer = await fetch(edge, { method: 'POST', headers: { 'idempotency-key': `one:${loss}` } }).catch(() => undefined);
      expect(answer?.status).not.toBe(201);
      expect((await fetch(edge, { method: 'POST', headers: { 'idempotency-key': `one:${loss}` } })).status).toBe(201);
    }
    expect(killed).toEqual(['backend inner', 'gateway outer']);
  });
});
