import { describe, it } from '@jest/globals';
import type { DescribeBlock } from '@selfos/testing';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const env = process.env;
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder of test material that is not part of the project: under SELFOS_SHARED, `../shared` beside the repository by default. */
export function sharedFolder(path: string): string {
  return join(resolve(root, env['SELFOS_SHARED'] ?? '../shared'), path);
}

/** `describe` where the material is there; where it is not, a skipped block that says so, or with REQUIRE_ALL=1 a failing one. */
export function requireShared(path: string): DescribeBlock {
  if (existsSync(sharedFolder(path))) return (title, body) => describe(title, body);
  const why = `${path} is not in SELFOS_SHARED`;
  if (env['REQUIRE_ALL'] !== '1') return (title, body) => describe.skip(`${title} [skipped: ${why}]`, body);
  return (title) => describe(title, () => it('has its material', () => Promise.reject(new Error(why))));
}
