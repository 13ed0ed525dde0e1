import { commonConfig, ConfigError, defineConfig, maybeText, setting, type ConfigOf } from '@selfos/config';
import { join } from 'node:path';

export const configSchema = defineConfig({
  ...commonConfig,
  keys: {
    wrappingKeyFile: setting('AUTH_KEY_FILE', maybeText, { doc: 'file (mode 0600) with the key that wraps every person’s keys; made under SELFOS_HOME when unset and not in production. Without it nothing opens: back it up' }),
    tokenKeyFolder: setting('AUTH_TOKEN_KEYS', maybeText, { doc: 'folder with the key pair that signs access tokens; made under SELFOS_HOME when unset and not in production' }),
  },
});

export type AuthConfig = ConfigOf<typeof configSchema>;

/** Where a key is kept. Production has to say so: a key made in a container's own folder would be lost with it. */
export function keyPath(config: AuthConfig, setting: keyof AuthConfig['keys'], name: string): string {
  const given = config.keys[setting];
  if (given !== undefined) return given;
  if (config.runtime.environment === 'production') throw new ConfigError([{ variable: configSchema.keys[setting].variable, reason: 'is required in production' }]);
  return join(config.runtime.home, 'keys', name);
}
