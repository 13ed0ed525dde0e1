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
  readonly rootOid: string | undefined;
  /** What takes the value's place, or a promise of it. */
  readonly replace: (found: Found) => unknown;
  /** Id for an object that should carry one and does not. */
  readonly nameless: ((path: string) => string) | undefined;
}

interface Position {
  readonly oid: string | undefined;
  readonly path: string;
}

/** Copies a value of one schema. What is promised is put in its place when it comes. */
type Step = (value: unknown, at: Position, going: Going) => unknown;

interface Going extends Walk {
  readonly awaited: Promise<void>[];
}

const keep: Step = (value) => value;

/** Walks bodies along their schemas, each of which is looked at once. */
export class Walker {
  private readonly steps = new WeakMap<z.ZodType, Step>();

  /**
   * A copy of `value` with every marked place replaced, following the plain schema through objects, arrays, unions, optionals and
   * nullables. Keys that the schema does not name are dropped: nobody said whether they are sealed. Null and absence stay.
   * Replacements run side by side; the first that fails is the failure of the whole.
   */
  async walk(schema: z.ZodType, value: unknown, walk: Walk): Promise<unknown> {
    const going: Going = { ...walk, awaited: [] };
    const whole: { body?: unknown } = {};
    try {
      put([whole, 'body', this.stepOf(schema)(value, { oid: walk.rootOid, path: '' }, going)], going);
      await Promise.all(going.awaited);
      return whole.body;
    } finally {
      // What had begun still needs the keys, whoever failed first.
      await Promise.allSettled(going.awaited);
    }
  }

  private stepOf(schema: z.ZodType): Step {
    const known = this.steps.get(schema);
    if (known !== undefined) return known;
    const step = this.made(schema);
    this.steps.set(schema, step);
    return step;
  }

  private made(schema: z.ZodType): Step {
    const mark = markOf(schema);
    if (mark?.kind === 'clear') return keep;
    if (mark !== undefined) return (value, { oid, path }, going) => (isNothing(value) ? value : going.replace({ mark, value, oid, path }));
    if (schema instanceof z.ZodObject) return this.throughObject(schema);
    if (schema instanceof z.ZodArray) return this.throughArray(schema);
    if (schema instanceof z.ZodDiscriminatedUnion) return (value, at, going) => (isNothing(value) ? value : this.stepOf(chosen(schema, value))(value, at, going));
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return this.stepOf(schema.unwrap() as z.ZodType);
    return keep;
  }

  private throughObject(schema: z.ZodObject): Step {
    const fields = Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, field]) => ({ key, step: this.stepOf(field) }));
    const oidKey = oidKeyOf(schema);
    const isNamed = hasMarks(schema);
    return (value, at, going) => {
      if (isNothing(value)) return value;
      const given = value as Readonly<Record<string, unknown>>;
      const own = oidKey === undefined ? undefined : (given[oidKey] ?? (isNamed ? going.nameless?.(at.path) : undefined));
      const oid = typeof own === 'string' ? own : at.oid;
      const out: Record<string, unknown> = {};
      for (const { key, step } of fields) {
        const field = key === oidKey ? own : given[key];
        if (field === undefined) continue;
        if (step === keep) out[key] = field;
        else put([out, key, step(field, { oid, path: at.path === '' ? key : `${at.path}.${key}` }, going)], going);
      }
      return out;
    };
  }

  private throughArray(schema: z.ZodArray): Step {
    const step = this.stepOf(schema.element as z.ZodType);
    return (value, at, going) => {
      if (!Array.isArray(value) || step === keep) return value;
      const out: unknown[] = [];
      for (const [index, item] of value.entries()) put([out, index, step(item, { oid: at.oid, path: `${at.path}[${index}]` }, going)], going);
      return out;
    };
  }
}

function put<K extends string | number>([into, key, made]: [into: { [key in K]?: unknown }, key: K, made: unknown], { awaited }: Going): void {
  // Also a promise: it holds the place, so that keys keep their order.
  into[key] = made;
  if (made instanceof Promise) awaited.push(made.then((ready: unknown) => void (into[key] = ready)));
}

function isNothing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function chosen(schema: z.ZodDiscriminatedUnion, value: unknown): z.ZodType {
  const key = schema.def.discriminator;
  const given = (value as Readonly<Record<string, unknown>>)[key];
  const options = schema.options as readonly z.ZodType[];
  const option = options.find((one) => one instanceof z.ZodObject && (one.shape[key] as z.ZodType | undefined)?.safeParse(given).success === true);
  return option ?? z.unknown();
}

/** Whether any sealed field or copy lies in the schema, at any depth. */
function hasMarks(schema: z.ZodType): boolean {
  const mark = markOf(schema);
  if (mark !== undefined) return mark.kind !== 'clear';
  if (schema instanceof z.ZodObject) return Object.values(schema.shape as Record<string, z.ZodType>).some(hasMarks);
  if (schema instanceof z.ZodArray) return hasMarks(schema.element as z.ZodType);
  if (schema instanceof z.ZodDiscriminatedUnion) return (schema.options as readonly z.ZodType[]).some(hasMarks);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return hasMarks(schema.unwrap() as z.ZodType);
  return false;
}
