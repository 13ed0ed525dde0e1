import { loadConfig, type Environment } from '@selfos/config';
import { MAX_CLIENT_KEYS, MAX_JSON_BYTES, type ServiceDefinition } from '@selfos/http';
import { GatewayAuthenticator } from './access/gateway-authenticator.js';
import { configSchema } from './gateway.config.js';
import { GatewayModule } from './gateway.module.js';
import { openSurface } from './gateway.js';
import { manifest } from './manifest.js';

/** The gateway as a service to start, from an environment. */
export function defineGateway(env: Environment): ServiceDefinition {
  const config = loadConfig(configSchema, env);
  const { timeTravel } = config.runtime;
  return {
    manifest,
    config,
    module: GatewayModule.with({ timeTravel }),
    authenticator: new GatewayAuthenticator(),
    shape: 'plain',
    bodyLimit: MAX_JSON_BYTES,
    maxKeys: MAX_CLIENT_KEYS,
    showsMetrics: false,
    served: ['readStoryFile', ...(timeTravel ? [] : ['getClock', 'moveClock'])],
    server: (server, parts) => openSurface(server, parts, config),
  };
}
