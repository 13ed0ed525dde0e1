import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const LATENCY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

/**
 * The metrics of one service, in a registry of its own (several services share a process). Labels are route templates, names and
 * codes: never a URL, an id or a person.
 */
export class Metrics {
  readonly registry = new Registry();
  private processMetrics = false;
  private readonly measures: (() => void)[] = [];

  readonly httpRequests = this.counter('http_requests_total', 'Total HTTP requests', ['method', 'endpoint', 'status']);
  readonly httpResponseTime = this.histogram('http_response_time_seconds', 'HTTP response time', ['method', 'endpoint']);
  readonly httpRequestDuration = this.histogram('http_request_duration_seconds', 'HTTP request latency', []);
  readonly activeUsers = this.gauge('active_users_total', 'Number of active users', []);
  readonly aiTokens = this.counter('ai_tokens_total', 'Total AI tokens consumed', ['model', 'operation']);
  readonly aiInference = this.histogram('ai_inference_duration_seconds', 'AI model inference time', []);
  readonly cacheHits = this.counter('cache_hits_total', 'Number of cache hits', []);

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  /** Buckets suit durations in seconds from 5 ms to 2 min. */
  histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
    return new Histogram({ name, help, labelNames: [...labelNames], buckets: LATENCY_SECONDS, registers: [this.registry] });
  }

  /** Takes a measure anew for each scrape, such as the size of something that changes all the time. */
  atRender(measure: () => void): void {
    this.measures.push(measure);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The Prometheus text. The first call also begins to watch the process, so that a service nobody scrapes pays nothing. */
  async render(): Promise<string> {
    if (!this.processMetrics) {
      this.processMetrics = true;
      collectDefaultMetrics({ register: this.registry });
    }
    for (const measure of this.measures) measure();
    return await this.registry.metrics();
  }
}
