import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from './stage.js';

/** A SelfOS to play on, and how to leave it. */
export interface Host {
  readonly url: string;
  readonly leave: () => Promise<void>;
}

/** The running system at `url` when it answers and its clock may be moved; otherwise one of its own, with a data folder of its own. */
export async function hostAt(url: string, tell: (line: string) => void): Promise<Host> {
  const clock = await fetch(`${url}/api/v1/clock`).catch(() => undefined);
  if (clock?.ok === true) return { url, leave: () => Promise.resolve() };
  tell(clock === undefined ? `Nothing answers at ${url}: starting a SelfOS of its own.` : `The clock at ${url} cannot be moved (SELFOS_TIME_TRAVEL=1): starting a SelfOS of its own.`);
  return ownHost();
}

/** Starts SelfOS in a fresh folder on a free port, with `extra` in its environment; resolves when it is ready. */
export async function ownHost(extra: Readonly<Record<string, string>> = {}): Promise<Host> {
  const home = await mkdtemp(join(tmpdir(), 'selfos-demo-'));
  const port = await freePort();
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const child = spawn(process.execPath, [main], { env: { ...process.env, SELFOS_HOME: home, PORT: String(port), SELFOS_TIME_TRAVEL: '1', ...extra }, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${String(port)}`;
  await waitFor(() => isReady(url, child), { what: 'SelfOS to be ready', timeoutMs: 90_000 });
  return { url, leave: () => stop(child, home) };
}

async function isReady(url: string, child: ChildProcess): Promise<true | undefined> {
  if (child.exitCode !== null) throw new Error(`SelfOS ended with code ${String(child.exitCode)}`);
  const answer = await fetch(`${url}/ready`).catch(() => undefined);
  return answer?.ok === true ? true : undefined;
}

async function stop(child: ChildProcess, home: string): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await rm(home, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
