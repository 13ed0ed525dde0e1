import { DOMAINS, type Domain, type ServiceName } from '@selfos/contracts';

/** Which domains' keys a service may have: as few as its work takes. */
const GRANTED: Readonly<Partial<Record<ServiceName, readonly Domain[]>>> = {
  gateway: DOMAINS,
  'ai-engine': DOMAINS.filter((domain) => domain !== 'media'),
  memory: ['memories', 'profile'],
  'story-engine': ['media', 'stories'],
};

export function mayHaveKey(service: ServiceName | undefined, domain: Domain): boolean {
  return service !== undefined && GRANTED[service]?.includes(domain) === true;
}
