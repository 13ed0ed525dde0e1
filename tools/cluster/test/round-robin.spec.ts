import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { RoundRobin } from '../src/round-robin.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

function upstream(name: string): Promise<number> {
  const server: Server = createServer((request, response) => {
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => response.writeHead(201, { 'x-name': name }).end(`${request.method ?? ''} ${request.url ?? ''} ${body}`));
  });
  open.push({ close: () => server.closeAllConnections() }, server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

describe('the round-robin', () => {
  it('gives each request to the next upstream, whole and unchanged', async () => {
    const proxy = new RoundRobin([await upstream('a'), await upstream('b')]);
    open.push(proxy);
    const url = `http://127.0.0.1:${await proxy.listen()}/path?q=1`;
    const names: (string | null)[] = [];
    for (let count = 0; count < 4; count += 1) {
      const answer = await fetch(url, { method: 'POST', body: 'words' });
      names.push(answer.headers.get('x-name'));
      expect([answer.status, await answer.text()]).toEqual([201, 'POST /path?q=1 words']);
    }
    expect(names).toEqual(['a', 'b', 'a', 'b']);
  });

  it('answers 502 when the upstream is gone', async () => {
    const proxy = new RoundRobin([1]);
    open.push(proxy);
    expect((await fetch(`http://127.0.0.1:${await proxy.listen()}/`)).status).toBe(502);
  });
});
