import { z } from 'zod';
import type { Domain } from './domains.js';

/** Where a sealed text lives: its key domain and its logical place `<domain>.<entity>.<field>`. */
export interface SealPlace {
  readonly domain: Domain;
  readonly ctx: string;
}

/** How one place of a contract differs between the plain and the inner shape. */
export type Mark =
  | ({ readonly kind: 'sealed' } & SealPlace)
  | { readonly kind: 'copy'; readonly places: readonly SealPlace[] }
  | { readonly kind: 'file' }
  | { readonly kind: 'clear'; readonly reason: string };

declare const MARK: unique symbol;
export type Sealed<S extends z.ZodType> = S & { readonly [MARK]: 'sealed' };
export type SealedCopy<S extends z.ZodType> = S & { readonly [MARK]: 'copy' };
export type SignedFile = z.ZodNullable<z.ZodString> & { readonly [MARK]: 'file' };

const MARK_KEY = 'x-selfos';
const OID_KEY = 'x-selfos-oid';

function mark<S extends z.ZodType>(schema: S, value: Mark): S {
  return schema.meta({ [MARK_KEY]: value });
}

/**
 * Marks a field whose value leaves the edge only as an envelope under the person's key of `domain`.
 * Always the outermost call: optional and nullable belong inside. `contract()` refuses a mark that something wraps.
 */
export function sealed<S extends z.ZodType>(domain: Domain, ctx: string, schema: S): Sealed<S> {
  if (!ctx.startsWith(`${domain}.`)) throw new Error(`The place ${ctx} is not in the domain ${domain}`);
  return mark(schema, { kind: 'sealed', domain, ctx }) as Sealed<S>;
}

/**
 * Marks a copy of another object's sealed field: inside it is `{oid, ctx, envelope}`, byte-identical to the original.
 * One of `places` is where the original lives.
 */
export function sealedCopy<S extends z.ZodType>(places: readonly SealPlace[], schema: S): SealedCopy<S> {
  return mark(schema, { kind: 'copy', places }) as SealedCopy<S>;
}

/** A file of the person's, served by the edge: inside a path, outside a URL signed for one hour; null while there is none. */
export function signedFile(): SignedFile {
  return mark(z.string().nullable(), { kind: 'file' }) as SignedFile;
}

/** Marks a text that is structure and not content; `reason` is listed in docs/metadata.md. Adding one takes an ADR. */
export function clear<S extends z.ZodType>(reason: string, schema: S): S {
  return mark(schema, { kind: 'clear', reason });
}

/** Names the key of an object that identifies it (the envelopes' `oid`) when that is not `id`. */
export function identifiedBy<S extends z.ZodObject>(key: string, schema: S): S {
  return schema.meta({ [OID_KEY]: key });
}

export function markOf(schema: z.core.$ZodType): Mark | undefined {
  return metaOf(schema)?.[MARK_KEY] as Mark | undefined;
}

/** The key under which an object carries its id, or undefined when it has none of its own. */
export function oidKeyOf(schema: z.ZodObject): string | undefined {
  const named = metaOf(schema)?.[OID_KEY];
  if (typeof named === 'string') return named;
  return 'id' in schema.shape ? 'id' : undefined;
}

function metaOf(schema: z.core.$ZodType): Record<string, unknown> | undefined {
  return z.globalRegistry.get(schema as z.ZodType) as Record<string, unknown> | undefined;
}
