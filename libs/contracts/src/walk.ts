import { z } from 'zod';
import { childrenOf } from './contract.js';
import { markOf, type Mark } from './marks.js';

/** A leaf or marked place of a schema: its path (`items[].title`), its schema and its mark. */
export interface Place {
  readonly path: string;
  readonly schema: z.ZodType;
  readonly mark: Mark | undefined;
}

/** Every leaf of a schema; a marked place is a leaf whatever is inside it. */
export function placesOf(schema: z.ZodType, path = ''): Place[] {
  const mark = markOf(schema);
  if (mark !== undefined) return [{ path, schema, mark }];
  if (schema instanceof z.ZodObject) {
    const named = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, value]) => placesOf(value, path === '' ? key : `${path}.${key}`));
    const passing = schema.def.catchall;
    return passing instanceof z.ZodType ? [...named, ...placesOf(passing, path)] : named;
  }
  if (schema instanceof z.ZodArray) return placesOf(schema.element as z.ZodType, `${path}[]`);
  const children = childrenOf(schema);
  if (children.length > 0) return children.flatMap((child) => placesOf(child, path));
  return [{ path, schema, mark }];
}

/** The paths at which a person's words could travel in the clear: text without a mark, a format or a closed set of values. */
export function unmarkedText(schema: z.ZodType): string[] {
  return placesOf(schema)
    .filter((place) => place.mark === undefined && isFreeText(place.schema))
    .map((place) => place.path);
}

function isFreeText(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodString) return true;
  return schema instanceof z.ZodUnknown || schema instanceof z.ZodCustom || schema instanceof z.ZodAny || schema instanceof z.ZodRecord || schema instanceof z.ZodTemplateLiteral;
}
