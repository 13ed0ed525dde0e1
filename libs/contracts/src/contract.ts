import { z } from 'zod';
import { envelopeSchema, sealedCopySchema } from './envelope.js';
import { clear, markOf, oidKeyOf, type Mark, type Sealed, type SealedCopy, type SignedFile } from './marks.js';

const filePath = clear('path of a file', z.string()).nullable();

type Envelope = typeof envelopeSchema;
type Copy = typeof sealedCopySchema;

type Wrapped<S, E extends z.ZodType> = S extends z.ZodOptional<infer I>
  ? I extends z.ZodNullable
    ? z.ZodOptional<z.ZodNullable<E>>
    : z.ZodOptional<E>
  : S extends z.ZodNullable
    ? z.ZodNullable<E>
    : E;

/** The inner schema of a plain one: marked fields replaced by envelopes, at any depth. */
export type InnerSchema<S> = S extends SignedFile
  ? z.ZodNullable<z.ZodString>
  : S extends Sealed<infer P>
    ? Wrapped<P, Envelope>
    : S extends SealedCopy<infer P>
      ? Wrapped<P, Copy>
      : S extends z.ZodObject<infer Shape, infer Config>
        ? z.ZodObject<{ [K in keyof Shape]: InnerSchema<Shape[K]> }, Config>
        : S extends z.ZodArray<infer E>
          ? z.ZodArray<Extract<InnerSchema<E>, z.core.SomeType>>
          : S extends z.ZodOptional<infer I>
            ? z.ZodOptional<Extract<InnerSchema<I>, z.core.SomeType>>
            : S extends z.ZodNullable<infer I>
              ? z.ZodNullable<Extract<InnerSchema<I>, z.core.SomeType>>
              : S extends z.ZodDiscriminatedUnion<infer Options, infer D>
                ? z.ZodDiscriminatedUnion<{ [K in keyof Options]: Extract<InnerSchema<Options[K]>, z.core.SomeType> }, D>
                : S;

/** One body in its two shapes: what a client without cryptography sends, and what travels behind the edge. */
export interface Contract<S extends z.ZodType = z.ZodType> {
  readonly plain: S;
  readonly inner: Extract<InnerSchema<S>, z.ZodType>;
  /** Whether the two shapes differ. Where they do not, the edge passes the body through unparsed. */
  readonly sealed: boolean;
}

/** What a client sends or gets, as parsed. */
export type Plain<C> = C extends Contract<infer S> ? z.infer<S> : never;
/** The same behind the edge. */
export type Inner<C> = C extends Contract<infer S> ? z.infer<Extract<InnerSchema<S>, z.ZodType>> : never;
/** The inner shape before defaults are filled in: what a caller has to send. */
export type InnerInput<C> = C extends Contract<infer S> ? z.input<Extract<InnerSchema<S>, z.ZodType>> : never;

/**
 * Derives both shapes from one schema. Throws at definition time when a mark is not outermost
 * (zod 4 would lose it without a word).
 */
export function contract<S extends z.ZodType>(plain: S): Contract<S> {
  const inner = toInner(plain);
  return { plain, inner: inner as Contract<S>['inner'], sealed: inner !== (plain as z.ZodType) };
}

function toInner(schema: z.ZodType): z.ZodType {
  const mark = markOf(schema);
  if (mark !== undefined && mark.kind !== 'clear') return replacement(schema, mark);
  if (schema instanceof z.ZodObject) return innerObject(schema);
  if (schema instanceof z.ZodArray) return innerArray(schema);
  if (schema instanceof z.ZodDiscriminatedUnion) return innerUnion(schema);
  if (schema instanceof z.ZodOptional) return rewrap(schema, (inner) => inner.optional());
  if (schema instanceof z.ZodNullable) return rewrap(schema, (inner) => inner.nullable());
  refuseHiddenMarks(schema);
  return schema;
}

function replacement(schema: z.ZodType, mark: Exclude<Mark, { kind: 'clear' }>): z.ZodType {
  if (mark.kind === 'file') return filePath;
  let inner: z.ZodType = mark.kind === 'copy' ? sealedCopySchema : envelopeSchema;
  if (schema.safeParse(null).success) inner = inner.nullable();
  if (schema.safeParse(undefined).success) inner = inner.optional();
  return inner;
}

function innerObject(schema: z.ZodObject): z.ZodType {
  const oidKey = oidKeyOf(schema);
  const entries = Object.entries(schema.shape as Record<string, z.ZodType>);
  const changed = entries.map(([key, value]) => [key, value, toInner(value)] as const);
  const passing = schema.def.catchall;
  if (passing instanceof z.ZodType && toInner(markless(passing)) !== passing) throw misplaced();
  if (changed.every(([, before, after]) => before === after)) return schema;
  const shape = Object.fromEntries(changed.map(([key, , after]) => [key, key === oidKey ? required(after) : after]));
  const inner = new z.ZodObject({ ...schema._zod.def, shape });
  const meta = z.globalRegistry.get(schema);
  return meta === undefined ? inner : inner.meta(renamed(meta));
}

/** What stands under keys without a name belongs to no object of its own. */
function markless(schema: z.ZodType): z.ZodType {
  const kind = markOf(schema)?.kind;
  if (kind !== undefined && kind !== 'clear') throw misplaced();
  return schema;
}

/** A sealed object needs its id inside: the envelopes are bound to it. */
function required(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

function renamed(meta: z.GlobalMeta): z.GlobalMeta {
  return meta.id === undefined ? meta : { ...meta, id: `Sealed${meta.id}`, title: `Sealed${meta.title ?? meta.id}` };
}

function innerArray(schema: z.ZodArray): z.ZodType {
  const element = schema.element as z.ZodType;
  const inner = toInner(element);
  return inner === element ? schema : new z.ZodArray({ ...schema._zod.def, element: inner });
}

function innerUnion(schema: z.ZodDiscriminatedUnion): z.ZodType {
  const options = schema.options as readonly z.ZodType[];
  const inner = options.map(toInner);
  if (inner.every((option, index) => option === options[index])) return schema;
  return new z.ZodDiscriminatedUnion({ ...schema._zod.def, options: inner as never });
}

function rewrap(schema: z.ZodOptional | z.ZodNullable, wrap: (inner: z.ZodType) => z.ZodType): z.ZodType {
  const content = schema.unwrap() as z.ZodType;
  const kind = markOf(content)?.kind;
  if (kind !== undefined && kind !== 'clear') throw misplaced();
  const inner = toInner(content);
  return inner === content ? schema : wrap(inner);
}

/** Wrappers that the walk does not rebuild may not hold a mark. */
function refuseHiddenMarks(schema: z.ZodType): void {
  for (const child of childrenOf(schema)) {
    const kind = markOf(child)?.kind;
    if ((kind !== undefined && kind !== 'clear') || toInner(child) !== child) throw misplaced();
  }
}

function misplaced(): Error {
  return new Error('sealed() must be the outermost call of a field: put optional, nullable and default inside it');
}

/** The schemas directly inside one that is not an object or array: wrappers, unions, records, tuples. */
export function childrenOf(schema: z.ZodType): z.ZodType[] {
  const def = schema._zod.def as unknown as Record<string, unknown>;
  const named = ['innerType', 'in', 'out', 'keyType', 'valueType', 'left', 'right', 'rest'].map((key) => def[key]);
  const listed = ['options', 'items'].flatMap((key) => (Array.isArray(def[key]) ? (def[key] as unknown[]) : []));
  return [...named, ...listed].filter((child): child is z.ZodType => child instanceof z.ZodType);
}
