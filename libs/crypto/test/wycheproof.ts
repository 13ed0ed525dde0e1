import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = resolve(root, process.env['SELFOS_SHARED'] ?? '../shared', 'data', 'wycheproof');

/** `describe` over one file of Wycheproof's vectors; a skipped block that says why when they are not on this machine. */
export function describeWycheproof(file: string, body: () => void): void {
  if (existsSync(join(folder, file))) describe(`Wycheproof ${file}`, body);
  else if (process.env['REQUIRE_ALL'] === '1') describe(`Wycheproof ${file}`, () => { throw new Error('the vectors are not there'); });
  else describe.skip(`Wycheproof ${file} [skipped: set SELFOS_SHARED to the folder that has data/wycheproof]`, body);
}

/** The groups of a file, each with its tests flattened to one row apiece: group fields and test fields together. */
export function wycheproofRows<T>(file: string): T[] {
  if (!existsSync(join(folder, file))) return [];
  const { testGroups } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { testGroups: { tests: object[] }[] };
  return testGroups.flatMap(({ tests, ...group }) => tests.map((test) => ({ ...group, ...test }) as T));
}
