import { PUBSUB_LIMITS, REDIS_LIMITS } from '@selfos/event-bus';
import { SERVICE_LIMITS, type DependencyLimits } from '@selfos/http';
import { DATABASE_LIMITS } from '@selfos/persistence';
import type { ServiceFacts } from '../../manifests/src/services.ts';
import { table } from './table.ts';

const BEGIN = '<!-- dependencies: made by `npm run generate` from the limits in the code -->';
const END = '<!-- /dependencies -->';
const HEAD = ['Dependency', 'For', 'Timeout', 'Sign of life', 'Retries', 'Breaker opens after', 'Tries again after', 'At once (waiting)'];

/** `page` with the table of every dependency between its marks. */
export function withDependencies(page: string, services: readonly ServiceFacts[]): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/reliability.md has no ${BEGIN} … ${END}`);
  const inside = Object.values(SERVICE_LIMITS).filter((one) => services.some(({ manifest }) => manifest.calls.some((called) => called === one.name)));
  const outside = services.flatMap((service) => service.dependencies ?? []);
  return `${before}${BEGIN}\n\n${table(HEAD, [...inside, ...outside, DATABASE_LIMITS, REDIS_LIMITS, PUBSUB_LIMITS].map(rowOf))}\n\n${END}${after}`;
}

function rowOf(limits: DependencyLimits): string[] {
  const { name, use, timeoutMs, retries, breaker, bulkhead } = limits;
  return [
    name,
    use,
    seconds(timeoutMs),
    'silenceMs' in limits && 'signOfLifeMs' in limits ? `asked after ${seconds(Number(limits.silenceMs))}, within ${seconds(Number(limits.signOfLifeMs))}` : '–',
    retries === 0 ? '–' : String(retries),
    breaker === undefined ? '–' : opens(breaker),
    breaker === undefined ? '–' : breaker.restMs === breaker.longestRestMs ? seconds(breaker.restMs) : `${seconds(breaker.restMs)}, at most ${seconds(breaker.longestRestMs)}`,
    bulkhead === undefined ? '–' : `${bulkhead.running} (${bulkhead.waiting})`,
  ];
}

function opens({ row, share }: NonNullable<DependencyLimits['breaker']>): string {
  const parts = share === undefined ? '' : `, or ${share.threshold * 100} % of ${share.calls} or more in ${seconds(share.windowMs)}`;
  return `${row} failures in a row${parts}`;
}

function seconds(ms: number): string {
  return Number.isFinite(ms) ? `${ms / 1000} s` : '–';
}
