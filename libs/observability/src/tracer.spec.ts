import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentContext, rootContext, runInContext } from './call-context.js';
import type { SpanLine } from './jsonl-span-exporter.js';
import { Metrics } from './metrics.js';
import { parseTraceparent, traceparentOf } from './traceparent.js';
import { Tracer } from './tracer.js';

describe('Tracer', () => {
  it('joins the spans of two services into one trace through a traceparent', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'trace-')), 'spans.jsonl');
    const backend = new Tracer({ service: 'backend', file });
    const memory = new Tracer({ service: 'memory', file });
    const context = rootContext({ kind: 'request', id: 'r1' });
    await runInContext(context, () =>
      backend.span('POST /api/v1/conversations', { kind: 'server', attributes: { note: 'two words' } }, async () => {
        const inside = currentContext();
        const arrived = parseTraceparent(inside && traceparentOf(inside));
        await runInContext({ ...context, ...arrived }, () => memory.span('recall', {}, () => Promise.resolve()));
      }),
    );
    const [inner, outer] = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as SpanLine);
    expect(inner).toMatchObject({ service: 'memory', name: 'recall', trace_id: context.traceId, parent_span_id: outer?.span_id, ok: true });
    expect(outer).toMatchObject({ service: 'backend', attributes: { note: '[redacted]' } });
    expect(outer?.parent_span_id).toBeUndefined();
  });

  it('marks a span whose work failed, and lets the failure through', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'trace-')), 'spans.jsonl');
    const tracer = new Tracer({ service: 'backend', file });
    await expect(tracer.span('doomed', {}, () => Promise.reject(new TypeError('no')))).rejects.toThrow('no');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ ok: false, attributes: { 'error.type': 'TypeError' } });
  });

  it('gives spans even when nobody collects them, so that ids still travel', async () => {
    const spanId = await new Tracer({ service: 'quiet' }).span('work', {}, () => Promise.resolve(currentContext()?.spanId));
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
  });

  it('refuses malformed traceparents', () => {
    expect(parseTraceparent('00-00000000000000000000000000000000-0000000000000001-01')).toBeUndefined();
    expect(parseTraceparent('ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')).toBeUndefined();
    expect(parseTraceparent(undefined)).toBeUndefined();
  });
});

describe('Metrics', () => {
  it('renders the shared names with the service as a label, two registries side by side', async () => {
    const one = new Metrics('backend');
    const two = new Metrics('memory');
    one.httpRequests.inc({ method: 'GET', endpoint: '/api/v1/tasks/:id', status: '200' });
    const text = await one.render();
    expect(text).toContain('http_requests_total{method="GET",endpoint="/api/v1/tasks/:id",status="200",service="backend"} 1');
    for (const name of ['http_response_time_seconds', 'active_users_total', 'ai_tokens_total', 'http_request_duration_seconds', 'ai_inference_duration_seconds', 'cache_hits_total']) {
      expect(text).toContain(`# TYPE ${name}`);
    }
    expect(await two.render()).not.toContain('service="backend"');
  });
});
