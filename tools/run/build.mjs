// Transpiles src/ of every app and lib into dist/ with SWC: ES modules, decorators with metadata, source maps.
// Incremental by content: a file is written only when its source or these options changed.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

const options = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2024',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: true,
  swcrc: false,
};
const recipe = createHash('sha256').update(JSON.stringify(options)).update(readFileSync(fileURLToPath(import.meta.url))).digest('hex');

/** Every workspace folder that has sources, as a path from the root. */
export function packages() {
  return ['libs', 'apps'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => join(group, name))
      .filter((folder) => existsSync(join(root, folder, 'src'))),
  );
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.spec\.ts$|\.d\.ts$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function readStamp(dist) {
  const file = join(dist, '.build.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {}; // absent or torn: everything is built again
  }
}

function writeAtomically(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

function emit(swc, { source, target, text }) {
  if (!source.endsWith('.ts')) {
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
    return;
  }
  const sourceFileName = relative(dirname(target), source);
  const { code, map } = swc.transformSync(text.toString(), { ...options, filename: source, sourceFileName });
  const name = target.slice(target.lastIndexOf('/') + 1);
  writeAtomically(`${target}.map`, map ?? '');
  writeAtomically(target, `${code}\n//# sourceMappingURL=${name}.map\n`);
}

function targetOf(dist, file) {
  return join(dist, file.replace(/\.ts$/, '.js'));
}

function removeStale(dist, before, after) {
  for (const file of Object.keys(before)) {
    if (file in after) continue;
    rmSync(targetOf(dist, file), { force: true });
    rmSync(`${targetOf(dist, file)}.map`, { force: true });
  }
}

/** Builds one package; resolves to the number of files written. */
async function buildPackage(folder, loadSwc) {
  const src = join(root, folder, 'src');
  const dist = join(root, folder, 'dist');
  const before = readStamp(dist);
  const after = {};
  let written = 0;
  for (const file of sources(src)) {
    const text = readFileSync(join(src, file));
    const target = targetOf(dist, file);
    after[file] = createHash('sha256').update(recipe).update(text).digest('base64url');
    if (before[file] === after[file] && existsSync(target)) continue;
    emit(await loadSwc(), { source: join(src, file), target, text });
    written += 1;
  }
  removeStale(dist, before, after);
  if (written > 0 || Object.keys(before).length !== Object.keys(after).length) writeAtomically(join(dist, '.build.json'), JSON.stringify(after));
  return written;
}

/** Builds the given packages (all by default). Throws the compiler's message on a syntax error. */
export async function build(folders = packages()) {
  let swc;
  const loadSwc = async () => (swc ??= (await import('@swc/core')).default);
  let written = 0;
  for (const folder of folders) written += await buildPackage(folder, loadSwc);
  return written;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const chosen = process.argv.slice(2);
  const written = await build(chosen.length > 0 ? chosen : undefined);
  process.stdout.write(`built ${written} files in ${Math.round(performance.now() - started)} ms\n`);
}
