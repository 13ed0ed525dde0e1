import { commonConfig, defineConfig, onOff, portNumber, setting, type ConfigOf } from '@selfos/config';
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
  limits: {
    signIn: setting('SIGN_IN_LIMITS', onOff, { doc: 'count tries to sign in, register and renew by address and account, in Redis when REDIS_URL is set; behind a balancer set TRUSTED_PROXIES', fallback: { local: '0', otherwise: '1' } }),
  },
  metrics: {
    host: setting('GATEWAY_METRICS_HOST', z.string(), { doc: 'address that the gateway’s metrics are read at: one that only Prometheus reaches', fallback: '127.0.0.1' }),
    port: setting('GATEWAY_METRICS_PORT', portNumber.optional(), { doc: 'port that shows the gateway’s /metrics, never the public one; unset: not shown' }),
  },
});

export type GatewayConfig = ConfigOf<typeof configSchema>;
