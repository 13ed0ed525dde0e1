// The one entry point behind every npm script. It runs on whatever Node (>= 20.19) the machine has, installs what is
// missing, and hands over to the Node 24 that npm brought. No dependency may be imported here.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const commands = ['start', 'test', 'check', 'demo', 'dev', 'doctor', 'trace', 'bench', 'eval', 'proof', 'build', 'generate', 'chaos', 'work', 'events'];
const EXIT_USAGE = 64;

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`SelfOS needs Node 20.19 or newer to begin with; this is ${process.versions.node}. See https://nodejs.org`, EXIT_USAGE);
  }
}

/** The Node that npm installed; the machine's own one only when that package has no binary for this platform. */
function projectNode() {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(node) && spawnSync(node, ['--version']).status === 0 ? node : process.execPath;
}

function environment(node) {
  const bin = join(root, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: [bin, process.env.PATH].filter(Boolean).join(separator), SELFOS_NODE: node, NX_DAEMON: 'false' };
}

/** The parent of a process, or 0 where nobody tells. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

/** npm, and the shell that it puts between us, may be killed without a word; what they started must not live on alone. */
function whenAbandoned(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    const parent = parentOf(shell);
    if (process.ppid === shell && (parent === npm || parent === 0)) return;
    clearInterval(timer);
    stop();
  }, 250);
  timer.unref();
}

function handOver(command, args) {
  const node = projectNode();
  const script = join(root, 'tools', 'run', 'commands', `${command}.mjs`);
  // The channel tells the child when this process is killed; it then stops by itself.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const child = spawn(node, ['--enable-source-maps', script, ...args], { cwd: root, stdio, env: environment(node) });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
  }
  whenAbandoned(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

const [command, ...args] = process.argv.slice(2);
requireNode();
if (!commands.includes(command)) fail(`Use: npm run <${commands.join('|')}>`, EXIT_USAGE);
const problem = ensureInstalled(root);
if (problem) fail(problem);
handOver(command, args);
