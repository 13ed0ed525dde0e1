import type { ServiceName } from '@selfos/contracts';
import { DependencyUnavailable } from '../problems/http.errors.js';
import { DependencyGuard } from './dependency-guard.js';
import { SERVICE_LIMITS, type ServiceLimits } from './dependency-limits.js';
import { SignsOfLife } from './signs-of-life.js';

/** Calls other services within the limits of each; a service has one of these for all its calls. */
export class Resilience {
  private readonly guards = new Map<ServiceName, DependencyGuard>();
  private readonly life = new SignsOfLife();

  constructor(private readonly limits: Readonly<Record<ServiceName, ServiceLimits>> = SERVICE_LIMITS) {}

  limitsOf(service: ServiceName): ServiceLimits {
    return this.limits[service];
  }

  /** `repeatable`: the call changes nothing, or nothing twice. @throws DependencyUnavailable without a call while the service is left alone */
  run<T>(service: ServiceName, repeatable: boolean | (() => boolean), work: () => Promise<T>): Promise<T> {
    return this.guardOf(service).run(repeatable, work);
  }

  /** Looks after one call while it waits, and says when the service is `lost`. Gives back what ends it, which has to be called. */
  watch({ service, origin, lost }: { readonly service: ServiceName; readonly origin: string; readonly lost: () => void }): () => void {
    return this.life.watch(origin, this.limits[service], lost);
  }

  async close(): Promise<void> {
    await this.life.close();
  }

  private guardOf(service: ServiceName): DependencyGuard {
    const known = this.guards.get(service);
    if (known !== undefined) return known;
    const made = new DependencyGuard(this.limits[service], (detail) => new DependencyUnavailable({ detail: `${service}: ${detail}` }));
    this.guards.set(service, made);
    return made;
  }
}
