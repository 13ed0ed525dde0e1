import { DomainError, type DomainErrorClass } from '@selfos/kernel';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GENERATED, table } from './table.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** The status that the problem filter gives each kind (libs/http). */
const STATUS = { invalid: 400, unauthenticated: 401, forbidden: 403, 'not-found': 404, conflict: 409, 'too-many': 429, unavailable: 503 } as const;

interface Defined {
  readonly error: DomainErrorClass;
  readonly source: string;
}

/** docs/errors.md: every error a person or a program can meet, from the classes themselves. */
export async function errorsDocument(): Promise<string> {
  const defined = (await Promise.all(errorModules().map(load))).flat().sort((a, b) => a.error.code.localeCompare(b.error.code, 'en'));
  const twice = defined.filter((one, index) => defined[index - 1]?.error.code === one.error.code && defined[index - 1]?.error !== one.error);
  if (twice.length > 0) throw new Error(`error codes used twice: ${twice.map((one) => one.error.code).join(', ')}`);
  const rows = defined.map(({ error, source }) => [`\`${error.code}\``, error.kind, String(STATUS[error.kind]), error.title, `\`${source}\``]);
  const intro = 'Answers are RFC 9457 problems (`application/problem+json`) with the members `code` and `traceId`. The code is stable; the title is for people. Some errors answer with a status of their own, set where they are defined.';
  return `${GENERATED}\n\n# Errors\n\n${intro}\n\n${table(['Code', 'Kind', 'Status', 'Title', 'Defined in'], rows)}\n`;
}

function errorModules(): string[] {
  return ['apps', 'libs'].flatMap((group) =>
    readdirSync(`${ROOT}${group}`).flatMap((name) =>
      readdirSync(`${ROOT}${group}/${name}/src`, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.errors.ts'))
        .map((file) => `${group}/${name}/src/${file}`),
    ),
  );
}

async function load(source: string): Promise<Defined[]> {
  const built = `${ROOT}${source.replace('/src/', '/dist/').replace(/\.ts$/, '.js')}`;
  const module = (await import(built)) as Record<string, unknown>;
  return Object.values(module).filter(isErrorClass).map((error) => ({ error, source }));
}

function isErrorClass(value: unknown): value is DomainErrorClass {
  return typeof value === 'function' && value.prototype instanceof DomainError && 'code' in value && 'kind' in value && 'title' in value;
}
