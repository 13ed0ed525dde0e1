// Brings node_modules in line with package-lock.json, and does nothing when it already is. Node 20, no dependency.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Installs when needed. Returns nothing, or one line that says what a person can do. */
export function ensureInstalled(root) {
  const stamp = join(root, 'node_modules', '.selfos-install');
  const lock = readFileSync(join(root, 'package-lock.json'));
  const wanted = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;
  if (readIfPresent(stamp) === wanted) return undefined;
  if (!installedMatches(root, JSON.parse(lock.toString()))) {
    const problem = installAll(root);
    if (problem) return problem;
  }
  writeFileSync(stamp, wanted);
  return undefined;
}

function readIfPresent(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** npm records what it installed in a hidden lock file; somebody's own `npm install` is as good as ours. */
function installedMatches(root, lock) {
  const text = readIfPresent(join(root, 'node_modules', '.package-lock.json'));
  if (text === undefined) return false;
  const installed = JSON.parse(text).packages ?? {};
  return Object.entries(lock.packages ?? {}).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = installed[path];
    if (found === undefined) return Boolean(entry.optional || entry.devOptional);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function installAll(root) {
  process.stdout.write('Installing packages (npm ci), once per change of package-lock.json …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };
  const done = spawnSync(npm, ['ci', '--loglevel=error', '--no-fund', '--no-audit'], options);
  if (done.status === 0) return undefined;
  return `npm ci failed${done.error ? ` (${done.error.message})` : ''}: check the network and the disk, then run the same command again.`;
}
