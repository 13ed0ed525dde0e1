// npm run dev: each service as a process of its own, on its own port. A change in apps/<x>/src restarts that service, a
// change in libs/ restarts all of them. PostgreSQL is the embedded one unless DATABASE_URL is set.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { root } from '../processes.mjs';

const SETTLE_MS = 60; // an editor saves a file in several steps
const children = new Map();
const SAME_SIGNAL_MS = 500;
let stopping = false;
let stoppedAt = 0;
const say = (text) => process.stdout.write(`dev: ${text}\n`);

const services = () => readdirSync(join(root, 'apps')).filter((name) => name !== 'selfos' && existsSync(join(root, 'apps', name, 'src', 'main.ts')));

async function portOf(service) {
  const { manifest } = await import(`../../../apps/${service}/dist/manifest.js`);
  return service === 'gateway' ? Number(process.env.PORT || manifest.port) : manifest.port;
}

async function environment() {
  const { openDataFolder } = await import('../../../apps/selfos/dist/data-folder/data-folder.js');
  const { InstanceLock } = await import('../../../apps/selfos/dist/data-folder/instance-lock.js');
  const { EmbeddedPostgres } = await import('../../../apps/selfos/dist/postgres/embedded-postgres.js');
  const home = openDataFolder(process.env.SELFOS_HOME);
  const lock = await InstanceLock.acquire(home.path);
  const shared = { ...process.env, SELFOS_HOME: home.path, LOG_LEVEL: process.env.LOG_LEVEL || 'INFO', PUBLIC_URL: process.env.PUBLIC_URL || `http://localhost:${await portOf('gateway')}` };
  if (process.env.DATABASE_URL) return { env: shared, close: async () => lock.release() };
  const database = await EmbeddedPostgres.start(home);
  const close = async () => {
    await database.stop();
    lock.release();
  };
  return { env: { ...shared, DATABASE_URL: database.url }, close };
}

async function startOne(service, env) {
  const port = String(await portOf(service));
  const began = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'apps', service, 'dist', 'main.js')], { cwd: root, env: { ...env, PORT: port }, stdio: ['ignore', 'inherit', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  children.set(service, { child, gone });
  child.once('exit', (code) => {
    if (!stopping && code !== 0 && children.get(service)?.child === child) say(`${service} ended with code ${code}; it starts again when its code changes`);
  });
  await untilHealthy(port, child);
  if (child.exitCode === null) say(`${service} is up on ${port} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
}

async function untilHealthy(port, child) {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function stopOne(service) {
  const running = children.get(service);
  if (running === undefined) return;
  children.delete(service);
  running.child.kill('SIGTERM');
  const impatient = setTimeout(() => running.child.kill('SIGKILL'), 1_000);
  await running.gone;
  clearTimeout(impatient);
}

/** Collects what changed and, when it is quiet, builds it and restarts whoever runs it. */
function watcher(env) {
  const changed = new Set();
  let timer;
  let working = Promise.resolve();
  const apply = async () => {
    const packages = [...changed];
    changed.clear();
    const began = performance.now();
    try {
      if ((await build(packages)) === 0) return;
    } catch (error) {
      say(String(error.message ?? error));
      return;
    }
    const all = packages.some((folder) => folder.startsWith('libs'));
    const affected = all ? services() : packages.map((folder) => folder.slice('apps/'.length)).filter((name) => name !== 'selfos');
    await Promise.all(affected.map(async (service) => {
      await stopOne(service);
      await startOne(service, env);
    }));
    say(`${affected.join(', ')} restarted ${((performance.now() - began) / 1000).toFixed(1)} s after the change`);
  };
  return (folder) => {
    changed.add(folder);
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = working.then(apply);
    }, SETTLE_MS);
  };
}

function watchAll(onChange) {
  for (const group of ['apps', 'libs']) {
    for (const name of readdirSync(join(root, group))) {
      const source = join(root, group, name, 'src');
      if (existsSync(source)) watch(source, { recursive: true }, (_event, file) => file && !file.includes('.spec.') && onChange(`${group}/${name}`));
    }
  }
}

await build();
const { env, close } = await environment();
async function stopAll() {
  // one Ctrl-C can arrive twice: from the terminal and from the script in between
  if (stopping && performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(130);
  if (stopping) return;
  stopping = true;
  stoppedAt = performance.now();
  await Promise.all([...children.keys()].map(stopOne));
  await close();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stopAll());
process.once('disconnect', () => void stopAll());
await Promise.all(services().map((service) => startOne(service, env)));
watchAll(watcher(env));
say(`watching; open http://localhost:${await portOf('gateway')}/docs`);
