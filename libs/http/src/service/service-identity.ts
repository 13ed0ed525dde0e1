import type { ServiceManifest } from '@selfos/contracts';

/** Which service this is, injectable: its manifest. */
export class ServiceIdentity {
  constructor(readonly manifest: ServiceManifest) {}
}
