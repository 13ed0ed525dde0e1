import { SERVICES, type ServiceName } from '@selfos/contracts';
import { freePorts } from '@selfos/testing/servers';
import { Balancer, NOTICE_MS } from './balancer.ts';
import { Haproxy, NOTICE_MS as HAPROXY_NOTICE_MS } from './haproxy.ts';
import type { LostAnswers } from './lost-answers.ts';

/** What stands before the services. */
export interface Doors {
  readonly urls: ReadonlyMap<ServiceName, string>;
  /** How long a service that goes has to say so until it gets no more requests, milliseconds. */
  readonly noticeMs: number;
  /** From now on services that are not ready get no requests. */
  watchReadiness(): void;
  close(): Promise<void>;
}

type Ports = ReadonlyMap<ServiceName, readonly number[]>;

/** Our own balancers, which lose answers when they are asked to. */
export async function ownDoors(ports: Ports, losses: LostAnswers, publicPort: number | undefined): Promise<Doors> {
  const balancers = SERVICES.map((service) => new Balancer(ports.get(service) ?? [], service === 'gateway' ? losses.atTheEdge() : losses.before(service)));
  const entrances = await Promise.all(balancers.map((balancer, index) => balancer.listen(SERVICES[index] === 'gateway' ? publicPort : 0)));
  return {
    urls: urlsOf(entrances),
    noticeMs: NOTICE_MS,
    watchReadiness: () => {
      for (const balancer of balancers) balancer.watchReadiness();
    },
    close: async () => void (await Promise.all(balancers.map((balancer) => balancer.close()))),
  };
}

/** One HAProxy. It watches from the beginning. */
export async function haproxyDoors(ports: Ports, publicPort: number | undefined): Promise<Doors> {
  const drawn = await freePorts(SERVICES.length);
  const entrances = SERVICES.map((service, index) => (service === 'gateway' ? publicPort : undefined) ?? drawn[index] ?? 0);
  const proxy = await Haproxy.start(SERVICES.map((name, index) => ({ name, port: entrances[index] ?? 0, upstreams: ports.get(name) ?? [] })));
  return { urls: urlsOf(entrances), noticeMs: HAPROXY_NOTICE_MS, watchReadiness: () => undefined, close: () => proxy.close() };
}

function urlsOf(entrances: readonly number[]): ReadonlyMap<ServiceName, string> {
  return new Map(SERVICES.map((service, index) => [service, `http://127.0.0.1:${entrances[index] ?? 0}`]));
}
