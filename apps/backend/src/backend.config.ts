import { commonConfig, defineConfig, setting, type ConfigOf } from '@selfos/config';
import { z } from 'zod';

export const configSchema = defineConfig({
  ...commonConfig,
  conversations: {
    messageStore: setting('MESSAGE_STORE', z.enum(['mongodb', 'postgres']).optional(), {
      doc: 'where new messages go; unset: mongodb when MONGODB_URL is set. Messages in the other store stay readable while it can be reached',
    }),
  },
});

export type BackendConfig = ConfigOf<typeof configSchema>;
