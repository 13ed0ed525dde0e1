import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testEnvironment } from './environment.js';

const TOOLS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '.tools', 'bin');

/** The full path of a program in .tools/bin or on PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [TOOLS, ...testEnvironment().path.split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
