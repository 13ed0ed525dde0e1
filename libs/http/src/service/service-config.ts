import type { ConfigOf, commonConfig } from '@selfos/config';

/** The part of a service's configuration that running it takes; every service's own config contains it. */
export type ServiceConfig = ConfigOf<typeof commonConfig>;
