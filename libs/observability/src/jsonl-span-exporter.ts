import { appendFileSync } from 'node:fs';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/** One finished span as a line of the trace file; times in epoch milliseconds. */
export interface SpanLine {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id?: string;
  readonly service: string;
  readonly name: string;
  readonly start_ms: number;
  readonly duration_ms: number;
  readonly ok: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Appends each finished span as one JSON line. Several services and processes may share the file: a line is one atomic append. */
export class JsonlSpanExporter implements SpanExporter {
  constructor(
    private readonly file: string,
    private readonly service: string,
  ) {}

  export(spans: readonly ReadableSpan[], done: (result: { code: number; error?: Error }) => void): void {
    try {
      appendFileSync(this.file, spans.map((span) => `${JSON.stringify(this.line(span))}\n`).join(''), { mode: 0o600 });
      done({ code: 0 });
    } catch (error) {
      done({ code: 1, error: error instanceof Error ? error : new Error('trace file cannot be written') });
    }
  }

  async shutdown(): Promise<void> {}

  private line(span: ReadableSpan): SpanLine {
    const parent = span.parentSpanContext?.spanId;
    const invented = parent === span.spanContext().traceId.slice(0, 16);
    return {
      trace_id: span.spanContext().traceId,
      span_id: span.spanContext().spanId,
      ...(parent === undefined || invented ? {} : { parent_span_id: parent }),
      service: this.service,
      name: span.name,
      start_ms: millis(span.startTime),
      duration_ms: millis(span.duration),
      ok: span.status.code !== 2,
      attributes: span.attributes,
    };
  }
}

function millis([seconds, nanos]: readonly [number, number]): number {
  return Math.round(seconds * 1e6 + nanos / 1e3) / 1e3;
}
