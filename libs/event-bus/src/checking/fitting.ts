import type { z } from 'zod';

/** Whether a value that came from JSON fits a schema just as it is, with nothing to change, to add or to leave out. */
export type Fits = (value: unknown) => boolean;

type Definition = z.core.$ZodTypes['_zod']['def'];
type Check = z.core.$ZodChecks['_zod']['def'];

/**
 * A test that is many times as fast as parsing, made once for a schema. It says yes only where parsing would succeed and give back an equal
 * value. A no means nothing: then parsing decides. What it does not know of a schema it leaves to the schema itself.
 */
export function fitting(schema: z.core.$ZodType): Fits {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const checks = (def.checks ?? []).map((check) => checkFitting((check as z.core.$ZodChecks)._zod.def));
  const base = baseFitting(def);
  if (base === undefined || checks.includes(undefined)) return (value) => unchanged(schema, value);
  return checks.filter((check) => check !== undefined).reduce((first, second) => (value) => first(value) && second(value), base);
}

function baseFitting(def: Definition): Fits | undefined {
  switch (def.type) {
    case 'string':
      return stringFitting(def);
    case 'number':
      return numberFitting(def);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'unknown':
      return () => true;
    case 'literal':
      return memberOf(def.values);
    case 'enum':
      return memberOf(Object.values(def.entries));
    default:
      return wrapperFitting(def);
  }
}

function wrapperFitting(def: Definition): Fits | undefined {
  switch (def.type) {
    case 'optional':
      return orElse(undefined, fitting(def.innerType));
    case 'nullable':
      return orElse(null, fitting(def.innerType));
    case 'array':
      return arrayFitting(fitting(def.element));
    case 'union':
      return anyOf(def.options.map(fitting));
    case 'record':
      return def.keyType._zod.def.type === 'string' && def.keyType._zod.def.checks === undefined ? recordFitting(fitting(def.valueType)) : undefined;
    case 'object':
      return objectFitting(def);
    default:
      return undefined;
  }
}

function stringFitting(def: Extract<Definition, { type: 'string' }>): Fits | undefined {
  if (def.coerce === true) return undefined;
  if (!('format' in def)) return (value) => typeof value === 'string';
  const pattern = 'pattern' in def ? def.pattern : undefined;
  return pattern instanceof RegExp && WHOLE.has(String(def.format)) ? (value) => typeof value === 'string' && pattern.test(value) : undefined;
}

/** Formats that are nothing but their pattern. */
const WHOLE: ReadonlySet<string> = new Set(['uuid', 'datetime', 'date', 'regex']);

function numberFitting(def: Extract<Definition, { type: 'number' }>): Fits | undefined {
  if (def.coerce === true) return undefined;
  if (!('format' in def)) return (value) => typeof value === 'number' && Number.isFinite(value);
  return def.format === 'safeint' ? (value) => Number.isSafeInteger(value) : undefined;
}

function memberOf(values: readonly unknown[]): Fits {
  const [only] = values;
  if (values.length === 1) return (value) => value === only;
  const members = new Set(values);
  return (value) => members.has(value);
}

function orElse(allowed: null | undefined, inner: Fits): Fits {
  return (value) => value === allowed || inner(value);
}

function anyOf(options: readonly Fits[]): Fits {
  return (value) => options.some((option) => option(value));
}

function arrayFitting(element: Fits): Fits {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const one of value) if (!element(one)) return false;
    return true;
  };
}

function recordFitting(element: Fits): Fits {
  return (value) => isPlain(value) && Object.values(value).every(element) && !Object.hasOwn(value, '__proto__');
}

/** More keys than are known, and parsing would leave some out or refuse them. */
function objectFitting(def: Extract<Definition, { type: 'object' }>): Fits | undefined {
  const catchall = def.catchall?._zod.def.type;
  if (catchall !== undefined && catchall !== 'never') return undefined;
  const members = Object.entries(def.shape).map(([key, schema]) => ({ key, fits: fitting(schema) }));
  return (value) => {
    if (!isPlain(value)) return false;
    let unknown = 0;
    for (const _key in value) unknown += 1;
    for (const { key, fits } of members) {
      const member = value[key];
      if (!fits(member)) return false;
      if (member !== undefined || key in value) unknown -= 1;
    }
    return unknown === 0;
  };
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function checkFitting(def: Check): Fits | undefined {
  switch (def.check) {
    case 'max_length':
      return (value) => lengthOf(value) <= def.maximum;
    case 'min_length':
      return (value) => lengthOf(value) >= def.minimum;
    case 'greater_than':
      return bound(def.value, (value, limit) => value > limit || (def.inclusive && value === limit));
    case 'less_than':
      return bound(def.value, (value, limit) => value < limit || (def.inclusive && value === limit));
    case 'overwrite':
      return (value) => def.tx(value) === value;
    default:
      return otherCheck(def);
  }
}

function otherCheck(def: Check | z.core.$ZodCustomDef): Fits | undefined {
  if (def.check === 'custom' && 'fn' in def) return (value) => def.fn(value) === true;
  if (def.check !== 'string_format' || def.format !== 'regex' || !(def.pattern instanceof RegExp) || def.pattern.global || def.pattern.sticky) return undefined;
  const { pattern } = def;
  return (value) => typeof value === 'string' && pattern.test(value);
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Number.NaN;
}

function bound(limit: unknown, holds: (value: number, limit: number) => boolean): Fits | undefined {
  return typeof limit === 'number' ? (value) => typeof value === 'number' && holds(value, limit) : undefined;
}

function unchanged(schema: z.core.$ZodType, value: unknown): boolean {
  const parsed = (schema as z.ZodType).safeParse(value);
  return parsed.success && Object.is(parsed.data, value);
}
