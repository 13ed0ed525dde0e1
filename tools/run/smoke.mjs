// What a newcomer does: clone, `npm start`, wait until it is ready, Ctrl-C, and once more. Prints each step with its time.
// Needs nothing but git, npm and a Node; runs on a copy and a data folder of its own.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const FIRST_START_MS = 600_000;
const SECOND_START_MS = 8_000;
const STOP_MS = 60_000;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const deadline = (ms) => new Promise((resolve) => setTimeout(() => resolve('late'), ms).unref());

async function ready(url) {
  try {
    return (await fetch(`${url}/ready`)).ok;
  } catch {
    return false;
  }
}

/** Starts `npm start` in a process group of its own, as a terminal would; resolves to {child, exited, seconds} once it is ready. */
async function start(folder, { port, home, timeoutMs }) {
  const began = performance.now();
  const env = { ...process.env, PORT: String(port), SELFOS_HOME: home };
  const child = spawn('npm', ['start'], { cwd: folder, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  const exited = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
  let ended = false;
  void exited.then(() => (ended = true));
  while (!(await ready(`http://127.0.0.1:${port}`))) {
    if (ended) throw new Error('npm start ended before it was ready');
    if (performance.now() - began > timeoutMs) {
      await stop({ child, exited });
      throw new Error(`not ready within ${timeoutMs / 1000} s`);
    }
    await pause(50);
  }
  return { child, exited, seconds: (performance.now() - began) / 1000 };
}

/** Ctrl-C: SIGINT to the whole group. Resolves when all is gone. */
async function stop({ child, exited }) {
  process.kill(-child.pid, 'SIGINT');
  if ((await Promise.race([exited, deadline(STOP_MS)])) === 'late') {
    process.kill(-child.pid, 'SIGKILL');
    throw new Error(`did not stop within ${STOP_MS / 1000} s`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'selfos-smoke-'));
chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user, who has to get in
let passed = 0;
try {
  const clone = join(folder, 'selfos');
  const cloned = spawnSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone], { stdio: 'inherit' });
  if (cloned.status !== 0) throw new Error('git clone failed');
  const settings = { port: await freePort(), home: join(folder, 'home') };
  const first = await start(clone, { ...settings, timeoutMs: FIRST_START_MS });
  process.stdout.write(`smoke: ready ${first.seconds.toFixed(1)} s after the first npm start of a fresh clone\n`);
  await stop(first);
  passed += 1;
  const second = await start(clone, { ...settings, timeoutMs: 60_000 });
  process.stdout.write(`smoke: ready ${second.seconds.toFixed(1)} s after the second npm start\n`);
  await stop(second);
  if (second.seconds * 1000 > SECOND_START_MS) throw new Error(`the second start took longer than ${SECOND_START_MS / 1000} s`);
  passed += 1;
  if (await ready(`http://127.0.0.1:${settings.port}`)) throw new Error('something still answers after Ctrl-C');
  process.stdout.write(`smoke: ${passed} passed, 0 failed\n`);
} catch (error) {
  process.stdout.write(`smoke: ${error.message}\nsmoke: ${passed} passed, 1 failed\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
