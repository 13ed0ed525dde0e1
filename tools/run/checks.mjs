// Every checker of `npm run check`: what it promises and how it is started. The canaries start the same ones.
import { readdirSync } from 'node:fs';
import { capture, root, tool } from './processes.mjs';

const node = process.execPath;
const FOLDERS = ['apps', 'libs', ...toolFolders()];

/** Every tool but the files that are wrong on purpose. */
function toolFolders() {
  const folders = readdirSync(`${root}tools`, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'canaries');
  return [...folders.map((entry) => `tools/${entry.name}`), 'tools/canaries/test'];
}

/** ESLint reads Nx's project graph from a file; a stale one would let a wrong import pass. */
async function freshProjectGraph() {
  return capture(node, [tool('nx/dist/bin/nx.js'), 'graph', '--file=.nx/graph.json'], { env: { ...process.env, NX_DAEMON: 'false' } });
}

async function lint() {
  const graph = await freshProjectGraph();
  if (graph.code !== 0) return graph;
  return capture(node, [tool('eslint/bin/eslint.js'), '--max-warnings=0', '--no-error-on-unmatched-pattern', ...FOLDERS], { env: { ...process.env, NX_DAEMON: 'false' } });
}

async function promises() {
  const tsgolint = tool('.bin/tsgolint');
  const env = { ...process.env, OXLINT_TSGOLINT_PATH: tsgolint };
  return capture(node, [tool('oxlint/bin/oxlint'), '--type-aware', ...FOLDERS], { env });
}

async function layers() {
  return capture(node, [tool('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'apps', 'libs']);
}

export const checks = [
  { name: 'types', promise: 'TypeScript 7 finds no error', run: () => capture(tool('typescript-7/bin/tsc'), ['-p', 'tsconfig.json']) },
  { name: 'lint', promise: 'the rules of the house hold, and every boundary', run: lint },
  { name: 'layers', promise: 'imports point inwards, without a cycle', run: layers },
  { name: 'promises', promise: 'no promise is left floating', run: promises },
  { name: 'unused', promise: 'no file, export or dependency is unused', run: () => capture(node, [tool('knip/bin/knip.js'), '--no-progress', '--no-config-hints']) },
  { name: 'lock', promise: 'npm ci can install what the lock names', run: () => capture('npm', ['ci', '--dry-run', '--loglevel=error', '--no-audit', '--no-fund']) },
  { name: 'manifests', promise: 'calls form a DAG, events are in the catalogue', run: () => capture(node, [`${root}tools/manifests/src/check.ts`]) },
  { name: 'generated', promise: 'generated files are up to date', run: () => capture(node, [`${root}tools/run/commands/generate.mjs`, '--check']) },
];
