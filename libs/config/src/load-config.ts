import { z } from 'zod';
import { ENVIRONMENTS, byEnvironment, type EnvironmentName } from './environment.js';
import type { ConfigOf, ConfigSchema, Setting } from './setting.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment cannot be used. The message lists every bad variable and why, and never a value. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly { readonly variable: string; readonly reason: string }[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem.variable}: ${problem.reason}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads every setting of `schema` from `env`, checks all of them and freezes the result.
 * @throws ConfigError naming each bad variable at once
 */
export function loadConfig<C extends ConfigSchema>(schema: C, env: Environment = process.env): ConfigOf<C> {
  const environment = readEnvironment(env);
  const problems: { variable: string; reason: string }[] = [];
  const groups = Object.entries(schema).map(([name, group]) => {
    const values = Object.entries(group).map(([key, declared]) => {
      const result = declared.schema.safeParse(rawValue(declared, env, environment));
      if (!result.success) problems.push({ variable: declared.variable, reason: reasonOf(result.error) });
      return [key, result.success ? result.data : undefined] as const;
    });
    return [name, Object.freeze(Object.fromEntries(values))] as const;
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(Object.fromEntries(groups)) as ConfigOf<C>;
}

function readEnvironment(env: Environment): EnvironmentName {
  const name = env['SELFOS_ENV'];
  return ENVIRONMENTS.find((known) => known === name) ?? 'local';
}

function rawValue(declared: Setting, env: Environment, environment: EnvironmentName): string | undefined {
  const given = env[declared.variable];
  if (given !== undefined && given !== '') return given;
  const fallback = declared.fallback;
  return typeof fallback === 'object' ? byEnvironment(fallback, environment) : fallback;
}

/** Why a value is refused, worded without it: zod's own messages may quote what they received. */
function reasonOf(error: z.ZodError): string {
  const reasons = error.issues.map((issue) => {
    switch (issue.code) {
      case 'invalid_value':
        return `must be one of ${issue.values.map(String).join(', ')}`;
      case 'invalid_type':
        return issue.input === undefined && issue.expected === 'string' ? 'is required' : `must be a ${issue.expected}`;
      case 'too_small':
        return `is below the minimum of ${String(issue.minimum)}`;
      case 'too_big':
        return `is above the maximum of ${String(issue.maximum)}`;
      case 'invalid_format':
        return `must be a valid ${issue.format}`;
      case 'custom':
        return issue.message;
      default:
        return 'is not valid';
    }
  });
  return [...new Set(reasons)].join('; ');
}
