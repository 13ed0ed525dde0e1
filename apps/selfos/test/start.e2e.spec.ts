import { afterEach, expect, it } from '@jest/globals';
import { requireRealPart } from '@selfos/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { discard, startSystem, type System } from './system.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const systems: System[] = [];
afterEach(async () => {
  for (const system of systems.splice(0)) await discard(system);
});

/** Starts where a start must fail; gives the exit code and what was said. */
async function failedStart(env: Readonly<Record<string, string>>): Promise<{ code: unknown; said: string }> {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [unknown];
  return { code, said: said.trim() };
}

async function started(options: Parameters<typeof startSystem>[0] = {}): Promise<System> {
  const system = await startSystem(options);
  systems.push(system);
  return system;
}

requireRealPart('postgres')('starting SelfOS', () => {
  it('stops everything on Ctrl-C and exits with 0', async () => {
    const system = await started();
    system.process.kill('SIGINT');
    expect((await once(system.process, 'exit'))[0]).toBe(0);
    expect(existsSync(join(system.home, 'selfos.lock'))).toBe(false);
    expect(existsSync(join(system.home, 'postgres', 'postmaster.pid'))).toBe(false);
    await expect(fetch(`${system.url}/ready`)).rejects.toThrow();
  }, 120_000);

  it('refuses a folder that another one runs on, and a port that is taken, and recovers after SIGKILL', async () => {
    const system = await started();
    const port = new URL(system.url).port;
    const second = await failedStart({ SELFOS_HOME: system.home, PORT: '0' });
    expect(second).toEqual({ code: 12, said: expect.stringMatching(/^SelfOS is already running on [^\n]+$/) });
    const busy = await failedStart({ SELFOS_HOME: mkdtempSync(join(tmpdir(), 'selfos-busy-')), PORT: port });
    expect(busy).toEqual({ code: 10, said: expect.stringMatching(/^Port \d+ on 127\.0\.0\.1 is taken[^\n]+$/) });
    await system.kill();
    const again = await started({ home: system.home, port: Number(port) });
    expect((await fetch(`${again.url}/ready`)).status).toBe(200);
  }, 180_000);

  it('names every setting that cannot be used, and never a value', async () => {
    const { code, said } = await failedStart({ SELFOS_HOME: mkdtempSync(join(tmpdir(), 'selfos-bad-')), LOG_LEVEL: 'hunter2', AI_TIMEOUT: 'hunter2' });
    expect(code).toBe(78);
    expect(said).toMatch(/LOG_LEVEL: .*\n.*AI_TIMEOUT: /);
    expect(said).not.toContain('hunter2');
  });

  it('says in one line when its folder is a file', async () => {
    expect(await failedStart({ SELFOS_HOME: MAIN })).toEqual({ code: 11, said: expect.stringMatching(/^The data folder [^\n]+ cannot be used \(it is not a folder\)[^\n]+$/) });
  });

  it('refuses a port that somebody else holds before it touches any data', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const home = mkdtempSync(join(tmpdir(), 'selfos-untouched-'));
    expect((await failedStart({ SELFOS_HOME: home, PORT: String(typeof address === 'object' && address !== null ? address.port : 0) })).code).toBe(10);
    expect(existsSync(join(home, 'postgres'))).toBe(false);
    server.close();
  });
});
