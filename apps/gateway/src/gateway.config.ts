import { commonConfig, defineConfig, setting, type ConfigOf } from '@selfos/config';
import { z } from 'zod';

const origins = z.string().transform((text, context) => {
  const list = text.split(',').map((one) => one.trim()).filter((one) => one !== '');
  for (const origin of list) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) context.addIssue({ code: 'custom', message: 'must be origins such as https://app.example.org, separated by commas' });
  }
  return list;
});

/** What the gateway reads from the environment. */
export const configSchema = defineConfig({
  ...commonConfig,
  browser: { origins: setting('CORS_ORIGINS', origins, { doc: 'origins that browsers may call the API from, exact, separated by commas', fallback: '' }) },
});

export type GatewayConfig = ConfigOf<typeof configSchema>;
