import { describe, it } from '@jest/globals';
import { testEnvironment } from './environment.js';
import { postgresBinaries } from './postgres.js';
import { findPackage, findProgram } from './programs.js';

/** A part that tests want for real and that a machine may lack. */
export type RealPart = 'postgres' | 'postgres-15' | 'redis' | 'haproxy' | 'mongo' | 'ffmpeg' | 'ffprobe' | 'espeak-ng' | 'chromium' | 'node-llama-cpp' | 'onnxruntime-node';

export type DescribeBlock = (title: string, body: () => void) => void;

const PACKAGES: ReadonlySet<RealPart> = new Set<RealPart>(['node-llama-cpp', 'onnxruntime-node']);

function missingPackage(name: string): string | undefined {
  return findPackage(name) ? undefined : `there is no ${name} (tools/provision brings it)`;
}

/** Why the part cannot be used here, or nothing when it can. */
export function missingPart(part: RealPart): string | undefined {
  if (PACKAGES.has(part)) return missingPackage(part);
  const env = testEnvironment();
  switch (part) {
    case 'postgres':
      return env.databaseUrl ?? postgresBinaries('embedded') ? undefined : 'the embedded PostgreSQL has no binaries for this platform';
    case 'postgres-15':
      return postgresBinaries('15') ? undefined : 'PostgreSQL 15 is not installed (tools/provision installs it)';
    case 'redis':
      return env.redisUrl ?? findProgram('redis-server') ? undefined : 'redis-server is not on PATH (tools/provision installs it)';
    case 'mongo':
      return env.mongodbUrl ?? findProgram('ferretdb-embedded') ? undefined : 'there is no ferretdb-embedded (tools/provision builds it)';
    default:
      return findProgram(part) ? undefined : `${part} is not on PATH (tools/provision installs it)`;
  }
}

/**
 * `describe` where the part is there. Where it is missing, a skipped block that says why, or with REQUIRE_ALL=1 a
 * failing one: `requireRealPart('redis')('the Redis bus', () => { … })`.
 */
export function requireRealPart(...parts: readonly RealPart[]): DescribeBlock {
  const reasons = parts.map(missingPart).filter((reason) => reason !== undefined);
  if (reasons.length === 0) return (title, body) => describe(title, body);
  const why = reasons.join('; ');
  if (!testEnvironment().requireAll) return (title, body) => describe.skip(`${title} [skipped: ${why}]`, body);
  return (title) =>
    describe(title, () => {
      it('has the real parts that it needs', () => {
        throw new Error(why);
      });
    });
}
