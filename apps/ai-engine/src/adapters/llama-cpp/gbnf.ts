interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A longer bound would make the grammar itself too large; the parser of the answer holds it all the same. */
const LONGEST_COUNTED = 256;

/**
 * The grammar (GBNF, as llama.cpp reads it) of the JSON that follows a JSON Schema: required properties first, in the order of the schema,
 * optional ones after them, strings within their bounds. Patterns and ranges of numbers are left to whoever parses the answer.
 */
export function gbnfOf(schema: object): string {
  const rules = new Rules();
  const root = rules.of(schema);
  return [`root ::= ${root}`, ...rules.written].join('\n');
}

class Rules {
  private readonly names = new Map<string, string>();

  get written(): string[] {
    const rest = [...this.names].map(([body, name]) => `${name} ::= ${body}`);
    return [...rest, 'char ::= [^"\\\\\\x7F\\x00-\\x1F] | "\\\\" ["\\\\bfnrt]', 'text ::= "\\"" char* "\\""', 'int ::= "-"? ("0" | [1-9] [0-9]{0,8})', 'comma ::= "," " "?', 'colon ::= ":" " "?'];
  }

  /** The name of a rule for this schema. */
  of(schema: JsonSchema): string {
    return this.named(this.bodyOf(schema));
  }

  private bodyOf(schema: JsonSchema): string {
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) return choices.map((choice) => this.of(choice)).join(' | ');
    if (schema.const !== undefined) return literal(JSON.stringify(schema.const));
    if (schema.enum !== undefined) return schema.enum.map((value) => literal(JSON.stringify(value))).join(' | ');
    switch (schema.type) {
      case 'object':
        return this.object(schema);
      case 'array':
        return this.array(schema);
      case 'integer':
        return 'int';
      case 'number':
        return 'int ("." [0-9]{1,6})?';
      case 'boolean':
        return '"true" | "false"';
      case 'null':
        return '"null"';
      default:
        return stringOf(schema);
    }
  }

  private object({ properties = {}, required = [] }: JsonSchema): string {
    const pair = ([key, value]: readonly [string, JsonSchema]): string => `${literal(JSON.stringify(key))} colon ${this.of(value)}`;
    const entries = Object.entries(properties);
    const needed = entries.filter(([key]) => required.includes(key)).map(pair);
    const free = entries.filter(([key]) => !required.includes(key)).map(pair);
    const more = (pairs: readonly string[]): string => pairs.map((one) => `(comma ${one})?`).join(' ');
    if (needed.length > 0) return `"{" ${needed.join(' comma ')} ${more(free)} "}"`;
    const starts = free.map((one, index) => `${one} ${more(free.slice(index + 1))}`);
    return starts.length === 0 ? '"{}"' : `"{" (${starts.join(' | ')})? "}"`;
  }

  private array({ items = {}, minItems = 0, maxItems }: JsonSchema): string {
    const item = this.of(items);
    const more = `(comma ${item}){${Math.max(0, minItems - 1)},${maxItems === undefined ? '' : Math.max(0, maxItems - 1)}}`;
    const some = `${item} ${more}`;
    return maxItems === 0 ? '"[]"' : `"[" ${minItems > 0 ? some : `(${some})?`} "]"`;
  }

  private named(body: string): string {
    const name = this.names.get(body) ?? `r${this.names.size}`;
    this.names.set(body, name);
    return name;
  }
}

function stringOf({ minLength = 0, maxLength }: JsonSchema): string {
  if (maxLength === undefined || maxLength > LONGEST_COUNTED) return minLength > 0 ? '"\\"" char char* "\\""' : 'text';
  return `"\\"" char{${minLength},${maxLength}} "\\""`;
}

/** A text as the grammar writes it. */
function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
