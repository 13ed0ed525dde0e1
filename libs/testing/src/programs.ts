import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testEnvironment } from './environment.js';

const BROUGHT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '.tools');
const TOOLS = join(BROUGHT, 'bin');

/** The full path of a program in .tools/bin or on PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [TOOLS, ...testEnvironment().path.split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** The folder that holds a package of npm's which the product does without and tests bring. */
export function findPackage(name: string): string | undefined {
  const folder = join(BROUGHT, name);
  return existsSync(join(folder, 'node_modules', name)) ? folder : undefined;
}
