import { randomBytes } from 'node:crypto';
import type { CallContext } from './call-context.js';

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;

/** Reads a W3C `traceparent` (https://www.w3.org/TR/trace-context/); undefined when it is absent or malformed. */
export function parseTraceparent(header: string | undefined): { traceId: string; spanId: string } | undefined {
  const match = header === undefined ? null : TRACEPARENT.exec(header);
  const [, traceId, spanId] = match ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

/** The `traceparent` to send along with calls and events made in `context`. */
export function traceparentOf(context: Pick<CallContext, 'traceId' | 'spanId'>): string {
  return `00-${context.traceId}-${context.spanId ?? randomBytes(8).toString('hex')}-01`;
}
