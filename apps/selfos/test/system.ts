import { afterAll, beforeAll } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@selfos/testing';
import { waitFor } from '../src/demo/stage.js';

export interface System {
  readonly url: string;
  readonly home: string;
  readonly process: ChildProcess;
  /** SIGKILL, as a power cut would. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** Films small and quickly made. */
const FILMS = { STORY_WIDE_SIZE: '640x360', STORY_TALL_SIZE: '360x640', STORY_X264_PRESET: 'ultrafast' };
const SMALL = { ...FILMS, SELFOS_TIME_TRAVEL: '1', LOG_LEVEL: 'INFO' };

/** Starts SelfOS as `npm start` does, in one process, on a free port; in `home` when given, else in a fresh folder. */
export async function startSystem(options: { readonly home?: string; readonly port?: number; readonly env?: Record<string, string> } = {}): Promise<System> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'selfos-e2e-')));
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...SMALL, ...options.env, SELFOS_HOME: home, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const url = `http://127.0.0.1:${String(port)}`;
  await waitFor(() => ready(url, child, output), { what: 'the system to be ready', timeoutMs: 90_000, everyMs: 100 });
  return { url, home, process: child, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') };
}

export async function discard(system: System): Promise<void> {
  await system.stop();
  // its database may still be leaving
  await rm(system.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** The system that the tests were started on (SELFOS_E2E_URL), or one for all tests of a file. `url` is there when they begin. */
export function sharedSystem(): { readonly url: string } {
  const given = process.env['SELFOS_E2E_URL'];
  const there = { url: given ?? '' };
  if (given !== undefined) return there;
  let system: System | undefined;
  beforeAll(async () => {
    system = await startSystem();
    there.url = system.url;
  }, 120_000);
  afterAll(async () => {
    if (system !== undefined) await discard(system);
  });
  return there;
}

function collect(child: ChildProcess): string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      lines.push(chunk.toString());
      if (lines.length > 500) lines.shift();
    });
  }
  return lines;
}

async function ready(url: string, child: ChildProcess, output: readonly string[]): Promise<true | undefined> {
  if (child.exitCode !== null) throw new Error(`SelfOS ended with code ${String(child.exitCode)}:\n${output.join('').slice(-4000)}`);
  const answer = await fetch(`${url}/ready`).catch(() => undefined);
  return answer?.ok === true ? true : undefined;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}
