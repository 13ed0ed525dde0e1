import { ENVIRONMENTS, byEnvironment } from './environment.js';
import type { ConfigSchema, Setting } from './setting.js';

/** One setting as documentation: for `.env.example`, the compose file's check and `npm run doctor`. */
export interface SettingDescription {
  readonly group: string;
  readonly key: string;
  readonly variable: string;
  readonly doc: string;
  /** The default in words; empty when there is none. */
  readonly fallback: string;
  readonly required: boolean;
}

/** Every setting of `schema`, in its order. */
export function describeConfig(schema: ConfigSchema): SettingDescription[] {
  return Object.entries(schema).flatMap(([group, settings]) =>
    Object.entries(settings).map(([key, declared]) => ({
      group,
      key,
      variable: declared.variable,
      doc: declared.doc,
      fallback: fallbackText(declared),
      required: declared.fallback === undefined && !declared.schema.safeParse(undefined).success,
    })),
  );
}

/** The lines of an example environment file: each setting commented out with its default, grouped. */
export function envExample(schema: ConfigSchema): string {
  const groups = Map.groupBy(describeConfig(schema), (one) => one.group);
  const blocks = [...groups].map(([group, settings]) => {
    const lines = settings.map((one) => `# ${one.doc}${one.required ? ' (required)' : ''}\n# ${one.variable}=${one.fallback}`);
    return `## ${group}\n${lines.join('\n')}`;
  });
  return `${blocks.join('\n\n')}\n`;
}

function fallbackText(declared: Setting): string {
  const fallback = declared.fallback;
  if (fallback === undefined || typeof fallback === 'string') return fallback ?? '';
  const values = ENVIRONMENTS.map((name) => byEnvironment(fallback, name) ?? '');
  if (new Set(values).size === 1) return values[0] ?? '';
  return ENVIRONMENTS.map((name, index) => `${values[index] === '' ? '(unset)' : String(values[index])} in ${name}`).join(', ');
}
