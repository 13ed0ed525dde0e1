// Runs a TypeScript program of the tools on the workspace's sources as they stand, without a build.
import { fileURLToPath } from 'node:url';
import { passThrough, root } from './processes.mjs';

const hooks = fileURLToPath(new URL('typescript-hooks.mjs', import.meta.url));

export function runTypeScript(path, args) {
  return passThrough(process.execPath, ['--conditions=@selfos/source', '--no-deprecation', '--disable-warning=ExperimentalWarning', '--import', hooks, `${root}${path}`, ...args]);
}
