import type { ValueTransformer } from 'typeorm';

/** Instants are ISO 8601 texts in UTC in the domain, and timestamptz in the database. */
export const isoTime: ValueTransformer = {
  to: (text: unknown) => (typeof text === 'string' ? new Date(text) : text),
  from: (date: unknown) => (date instanceof Date ? date.toISOString() : date),
};
