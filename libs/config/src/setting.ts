import type { z } from 'zod';
import type { ByEnvironment } from './environment.js';

/** One environment variable: its name, what it must look like, what it means, and its default. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly variable: string;
  readonly schema: S;
  readonly doc: string;
  /** The default as it would be written in the environment; absent when the schema itself decides. */
  readonly fallback?: string | ByEnvironment<string | undefined>;
}

export type Group = Readonly<Record<string, Setting>>;
export type ConfigSchema = Readonly<Record<string, Group>>;

/** The frozen, typed configuration that `loadConfig` makes from a schema: `config.<group>.<setting>`. */
export type ConfigOf<C extends ConfigSchema> = {
  readonly [G in keyof C]: { readonly [K in keyof C[G]]: z.output<C[G][K]['schema']> };
};

export interface SettingOptions {
  readonly doc: string;
  readonly fallback?: string | ByEnvironment<string | undefined>;
}

/**
 * Declares one setting: `setting('PORT', z.coerce.number().int(), { doc: 'port to listen on', fallback: '8080' })`. The schema receives
 * the variable's text, or undefined when it is unset or empty and has no fallback.
 */
export function setting<S extends z.ZodType>(variable: string, schema: S, options: SettingOptions): Setting<S> {
  return { variable, schema, ...options };
}

/** Gives a config schema its type: groups of settings. `defineConfig({ ...commonConfig, embedding: { model: setting(…) } })`. */
export function defineConfig<const C extends ConfigSchema>(schema: C): C {
  return schema;
}
