import { createServer } from 'node:net';
import { errorCode } from './error-code.js';
import { StartFailure } from '../start-failure.js';

/** `count` different TCP ports of 127.0.0.1 that were free a moment ago. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(servers.map((server) => listen(server, { port: 0, host: '127.0.0.1' })));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** @throws StartFailure `port-busy` when somebody else listens there */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const server = createServer();
  try {
    await listen(server, { port, host });
  } catch (cause) {
    const code = errorCode(cause);
    const reason = code === 'EADDRINUSE' ? 'is taken by another program' : code === 'EACCES' ? 'needs more rights than you have' : `cannot be opened (${code})`;
    throw new StartFailure('port-busy', `Port ${port} on ${host} ${reason}; choose another one: PORT=${port === 8080 ? 8090 : 8080} npm start`, { cause });
  }
  await new Promise((resolve) => server.close(resolve));
}

function listen(server: ReturnType<typeof createServer>, where: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
