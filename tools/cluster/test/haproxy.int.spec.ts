import { afterEach, expect, it } from '@jest/globals';
import { eventually, requireRealPart } from '@selfos/testing';
import { freePorts } from '@selfos/testing/servers';
import { Haproxy, NOTICE_MS, SILENT_TIMES } from '../src/haproxy.ts';
import { upstream } from './upstream.ts';

requireRealPart('haproxy')('HAProxy before a service', () => {
  const open: { close(): unknown }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  async function before(...upstreams: readonly number[]): Promise<string> {
    const [port = 0] = await freePorts(1);
    open.push(await Haproxy.start([{ name: 'backend', port, upstreams }]));
    return `http://127.0.0.1:${port}/path?q=1`;
  }

  const nameAt = async (url: string) => (await fetch(url)).headers.get('x-name');

  it('gives each request to the next upstream, whole and unchanged', async () => {
    const both = [await upstream('a'), await upstream('b')];
    open.push(...both);
    const url = await before(...both.map(({ port }) => port));
    const answer = await fetch(url, { method: 'POST', body: 'words' });
    expect([answer.status, await answer.text()]).toEqual([201, 'POST /path?q=1 words']);
    const names = [];
    for (let count = 0; count < 4; count += 1) names.push(await nameAt(url));
    expect(new Set(names)).toEqual(new Set(['a', 'b']));
  });

  it('gives nothing more to one that says that it goes, before it is gone', async () => {
    const state = { goes: false };
    const [going, staying] = [await upstream('going', { isReady: () => !state.goes }), await upstream('staying')];
    open.push(going, staying);
    const url = await before(going.port, staying.port);
    state.goes = true;
    const names = new Set<string | null>();
    await eventually(async () => {
      names.clear();
      for (let count = 0; count < 6; count += 1) names.add(await nameAt(url));
      expect(names).toEqual(new Set(['staying']));
    }, { timeoutMs: NOTICE_MS });
  });

  it.each([
    ['has no word for it', undefined],
    ['says that it is not ready', false],
  ])('gives requests to all when each %s', async (_what, isReady) => {
    const asked = { a: 0, b: 0 };
    const both = await Promise.all((['a', 'b'] as const).map((name) => upstream(name, { isReady: () => { asked[name] += 1; return isReady; } })));
    open.push(...both);
    const url = await before(...both.map(({ port }) => port));
    await eventually(() => expect(Math.min(asked.a, asked.b)).toBeGreaterThan(SILENT_TIMES), { timeoutMs: 40_000 });
    const names = [];
    for (let count = 0; count < 6; count += 1) names.push(await nameAt(url));
    expect(new Set(names)).toEqual(new Set(['a', 'b']));
  });

  it('takes requests to another upstream when the door of the first is closed', async () => {
    const [gone, there] = [await upstream('gone'), await upstream('there')];
    open.push(there);
    const url = await before(gone.port, there.port);
    gone.close();
    for (let count = 0; count < 6; count += 1) expect(await nameAt(url)).toBe('there');
    expect((await fetch(url, { method: 'POST', headers: { 'idempotency-key': 'k' }, body: 'words' })).status).toBe(201);
  });
});
