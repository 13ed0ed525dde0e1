import { markOf, oidKeyOf, type Mark } from '@selfos/contracts';
import { z } from 'zod';

/** A marked value on the walk, and the object that it belongs to. */
export interface Found {
  readonly mark: Exclude<Mark, { kind: 'clear' }>;
  readonly value: unknown;
  /** Id of the nearest object around it that has one, else of the root. */
  readonly oid: string | undefined;
  /** `items[0].title`. */
  readonly path: string;
}

export interface Walk {
  /** What takes the value's place. */
  readonly replace: (found: Found) => unknown;
  /** Id for an object that should carry one and does not. */
  readonly nameless: ((path: string) => string) | undefined;
}

interface Position {
  readonly oid: string | undefined;
  readonly path: string;
}

/**
 * A copy of `value` with every marked place replaced, following the plain schema through objects, arrays, unions, optionals and
 * nullables. Keys that the schema does not name are dropped: nobody said whether they are sealed. Null and absence stay.
 */
export function walk(schema: z.ZodType, value: unknown, walker: Walk & { readonly rootOid: string | undefined }): unknown {
  return step(schema, value, { at: { oid: walker.rootOid, path: '' }, walker });
}

interface Stepping {
  readonly at: Position;
  readonly walker: Walk;
}

function step(schema: z.ZodType, value: unknown, stepping: Stepping): unknown {
  if (value === undefined || value === null) return value;
  const mark = markOf(schema);
  if (mark !== undefined && mark.kind !== 'clear') return stepping.walker.replace({ mark, value, ...stepping.at });
  if (mark?.kind === 'clear') return value;
  if (schema instanceof z.ZodObject) return stepObject(schema, value, stepping);
  if (schema instanceof z.ZodArray) return stepArray(schema, value, stepping);
  if (schema instanceof z.ZodDiscriminatedUnion) return step(chosen(schema, value), value, stepping);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return step(schema.unwrap() as z.ZodType, value, stepping);
  return value;
}

function stepObject(schema: z.ZodObject, value: object, stepping: Stepping): unknown {
  const { at, walker } = stepping;
  const fields = value as Readonly<Record<string, unknown>>;
  const oidKey = oidKeyOf(schema);
  const own = oidKey === undefined ? undefined : (fields[oidKey] ?? (hasMarks(schema) ? walker.nameless?.(at.path) : undefined));
  const oid = typeof own === 'string' ? own : at.oid;
  const out: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const given = key === oidKey ? own : fields[key];
    const path = at.path === '' ? key : `${at.path}.${key}`;
    if (given !== undefined) out[key] = step(field, given, { at: { oid, path }, walker });
  }
  return out;
}

function stepArray(schema: z.ZodArray, value: unknown, { at, walker }: Stepping): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item, index) => step(schema.element as z.ZodType, item, { at: { ...at, path: `${at.path}[${index}]` }, walker }));
}

function chosen(schema: z.ZodDiscriminatedUnion, value: unknown): z.ZodType {
  const key = schema.def.discriminator;
  const given = (value as Readonly<Record<string, unknown>>)[key];
  const options = schema.options as readonly z.ZodType[];
  const option = options.find((one) => one instanceof z.ZodObject && (one.shape[key] as z.ZodType | undefined)?.safeParse(given).success === true);
  return option ?? z.unknown();
}

/** Whether any sealed field or copy lies in the schema, at any depth. */
export function hasMarks(schema: z.ZodType): boolean {
  const mark = markOf(schema);
  if (mark !== undefined) return mark.kind !== 'clear';
  if (schema instanceof z.ZodObject) return Object.values(schema.shape as Record<string, z.ZodType>).some(hasMarks);
  if (schema instanceof z.ZodArray) return hasMarks(schema.element as z.ZodType);
  if (schema instanceof z.ZodDiscriminatedUnion) return (schema.options as readonly z.ZodType[]).some(hasMarks);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return hasMarks(schema.unwrap() as z.ZodType);
  return false;
}
