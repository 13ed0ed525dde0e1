import { describe } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DescribeBlock } from './real-parts.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A path of test material that is not part of the project: under SELFOS_SHARED, by default `../shared` beside the repository. */
export function sharedData(...path: readonly string[]): string {
  return join(resolve(root, process.env['SELFOS_SHARED'] ?? '../shared'), 'data', ...path);
}

/**
 * `describe` where the material is there. Where it is not, a block that is left out and says so; that is no failure, even with
 * REQUIRE_ALL=1: the material belongs to others, and a machine of the public has no way to it.
 */
export function requireSharedData(...path: readonly string[]): DescribeBlock {
  if (existsSync(sharedData(...path))) return (title, body) => describe(title, body);
  return (title, body) => describe.skip(`${title} [left out: data/${path.join('/')} is not in SELFOS_SHARED]`, body);
}
