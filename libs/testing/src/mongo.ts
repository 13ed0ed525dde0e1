import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChildServer } from './child-server.js';
import { testEnvironment } from './environment.js';
import { eventually } from './eventually.js';
import { freePort } from './ports.js';
import { findProgram } from './programs.js';

/** URL of an empty MongoDB-compatible server (FerretDB on SQLite), gone with this process; TEST_MONGODB_URL as it is. */
export async function startMongo(): Promise<string> {
  const given = testEnvironment().mongodbUrl;
  if (given !== undefined) return given;
  const command = findProgram('ferretdb-embedded');
  if (command === undefined) throw new Error('ferretdb-embedded is neither in .tools/bin nor on PATH; tools/provision builds it');
  const folder = mkdtempSync(join(tmpdir(), 'selfos-test-mongo-'));
  const port = await freePort();
  const args = ['-listen', `127.0.0.1:${port}`, '-folder', folder];
  startChildServer({ command, args, folder });
  await eventually(() => reach(port), { timeoutMs: 15_000 });
  return `mongodb://127.0.0.1:${port}/`;
}

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
