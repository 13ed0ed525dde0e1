import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace, type Context, type Span, type Tracer as OtelTracer } from '@opentelemetry/api';
import { AlwaysOnSampler, SimpleSpanProcessor, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import { randomUUID } from 'node:crypto';
import { currentContext, rootContext, runInContext, type CallContext } from './call-context.js';
import { JsonlSpanExporter } from './jsonl-span-exporter.js';
import { safeFields } from './safe-fields.js';

export interface TracerOptions {
  readonly service: string;
  /** Append finished spans to this file as JSON lines. */
  readonly file?: string;
  /** Another place for finished spans. */
  readonly exporter?: SpanExporter;
}

export type SpanRole = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export interface SpanOptions {
  readonly kind?: SpanRole;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const KIND: Readonly<Record<SpanRole, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/**
 * Spans of one service. It registers nothing globally, so that several services in one process keep their own: the parent comes from
 * the CallContext, and the work inside a span runs in a CallContext that names it. Names are templates and constants, never URLs.
 */
export class Tracer {
  private readonly provider: TracerProvider | undefined;
  /** Absent when nobody collects spans. */
  private readonly tracer: OtelTracer | undefined;

  constructor(options: TracerOptions) {
    const exporter = options.exporter ?? (options.file === undefined ? undefined : new JsonlSpanExporter(options.file, options.service));
    this.provider = exporter && new TracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    this.tracer = this.provider?.getTracer(options.service);
  }

  /** Runs `work` inside a span; a rejection marks the span as failed and passes through. */
  async span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
    const context = currentContext() ?? rootContext({ kind: 'system', id: name });
    if (this.tracer === undefined) return runInContext({ ...context, spanId: newSpanId() }, work);
    const span = started(this.tracer, { name, options, context });
    try {
      return await runInContext({ ...context, spanId: span.spanContext().spanId }, work);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
      throw error;
    } finally {
      span.end();
    }
  }

  async shutdown(): Promise<void> {
    await this.provider?.shutdown();
  }
}

function started(tracer: OtelTracer, { name, options, context }: { readonly name: string; readonly options: SpanOptions; readonly context: CallContext }): Span {
  const attributes = Object.fromEntries(Object.entries(safeFields(options.attributes ?? {})).filter((entry) => entry[1] !== null)) as Record<string, string | number | boolean>;
  return tracer.startSpan(name, { kind: KIND[options.kind ?? 'internal'], attributes }, parentOf(context));
}

/** Even where nobody collects spans, their ids travel. 64 random bits. */
function newSpanId(): string {
  const id = randomUUID();
  return id.slice(24) + id.slice(0, 4);
}

function parentOf(context: CallContext): Context {
  if (context.spanId === undefined) {
    // A trace id without a span: a made-up parent keeps the trace id, which the API offers no other way to set.
    return trace.setSpanContext(ROOT_CONTEXT, { traceId: context.traceId, spanId: context.traceId.slice(0, 16), traceFlags: TraceFlags.SAMPLED, isRemote: true });
  }
  return trace.setSpanContext(ROOT_CONTEXT, { traceId: context.traceId, spanId: context.spanId, traceFlags: TraceFlags.SAMPLED });
}
