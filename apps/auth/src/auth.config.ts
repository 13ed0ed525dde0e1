import { commonConfig, defineConfig, maybeText, setting, type ConfigOf } from '@selfos/config';

export const configSchema = defineConfig({
  ...commonConfig,
  keys: {
    wrappingKeyFile: setting('AUTH_KEY_FILE', maybeText, { doc: 'file (mode 0600) with the key that wraps every person’s keys; made under SELFOS_HOME when unset. Without it nothing opens: back it up' }),
    tokenKeyFolder: setting('AUTH_TOKEN_KEYS', maybeText, { doc: 'folder with the key pair that signs access tokens; made under SELFOS_HOME when unset' }),
  },
});

export type AuthConfig = ConfigOf<typeof configSchema>;
