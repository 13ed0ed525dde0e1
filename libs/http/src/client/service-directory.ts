import { SERVICES, type ServiceName } from '@selfos/contracts';

/** Ports of services that run on their own; each manifest names the same. */
const OWN_PORTS: Readonly<Record<ServiceName, number>> = {
  gateway: 8080,
  auth: 8002,
  backend: 8000,
  'ai-engine': 8001,
  memory: 8003,
  'story-engine': 8004,
  notify: 8005,
  rlhf: 8006,
};

/** Where services are. A service may have several addresses, which take turns. */
export class ServiceDirectory {
  private readonly addresses = new Map<ServiceName, { readonly urls: readonly string[]; next: number }>();

  /** From `SERVICE_URLS`: `memory=http://10.0.0.5:8003,backend=http://a:8000|http://b:8000`. */
  static parse(text: string): ServiceDirectory {
    const directory = new ServiceDirectory();
    for (const pair of text.split(',').filter((part) => part.trim() !== '')) {
      const [name, urls] = pair.trim().split('=', 2);
      const service = SERVICES.find((known) => known === name);
      // Without the value: an address may hold a password.
      if (service === undefined || urls === undefined || !urls.split('|').every((url) => URL.canParse(url))) {
        throw new Error('SERVICE_URLS: name=url pairs separated by commas, with names of services');
      }
      directory.set(service, ...urls.split('|'));
    }
    return directory;
  }

  set(service: ServiceName, ...urls: readonly string[]): void {
    this.addresses.set(service, { urls: urls.map((url) => new URL(url).origin), next: 0 });
  }

  /** The origin to call next, e.g. `http://127.0.0.1:8003`. */
  originOf(service: ServiceName): string {
    const known = this.addresses.get(service);
    if (known === undefined) return `http://127.0.0.1:${OWN_PORTS[service]}`;
    const url = known.urls[known.next % known.urls.length];
    known.next += 1;
    return url ?? `http://127.0.0.1:${OWN_PORTS[service]}`;
  }
}
