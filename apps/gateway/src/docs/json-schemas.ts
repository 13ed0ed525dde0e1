import { z } from 'zod';

/** A JSON Schema document, as OpenAPI 3.1 embeds it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const OUR_MARKS: readonly string[] = ['x-selfos', 'x-selfos-oid', 'id', '$schema'];

/** Turns zod schemas into JSON Schemas and gathers the named ones as components, each once. */
export class JsonSchemas {
  private readonly named = new Map<string, JsonSchema>();

  get components(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.named].sort(([one], [other]) => one.localeCompare(other)));
  }

  /** `input` is what may be sent (defaults are optional), `output` what is answered (defaults are filled in). */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $defs, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any', reused: 'inline' }) as Record<string, unknown>;
    const names = new Map(Object.keys(($defs ?? {}) as object).map((name) => [name, io === 'input' ? `${name}Input` : name]));
    for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) this.named.set(names.get(name) ?? name, tidy(definition, names) as JsonSchema);
    const body = tidy(rest, names) as JsonSchema;
    const id: unknown = z.globalRegistry.get(schema)?.id;
    if (typeof id !== 'string') return body;
    const own = io === 'input' ? `${id}Input` : id;
    this.named.set(own, body);
    return { $ref: `#/components/schemas/${own}` };
  }
}

/** Without our own marks, and with references to where OpenAPI keeps components. */
function tidy(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => tidy(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, child]) => !(OUR_MARKS.includes(key) && (key !== 'id' || typeof child === 'string')))
      .map(([key, child]) => [key, key === '$ref' && typeof child === 'string' ? reference(child, names) : tidy(child, names)]),
  );
}

function reference(text: string, names: ReadonlyMap<string, string>): string {
  const name = text.replace('#/$defs/', '');
  return `#/components/schemas/${names.get(name) ?? name}`;
}
