import { z } from 'zod';
import { ENVIRONMENTS } from './environment.js';
import { defineConfig, setting } from './setting.js';

const flag = z
  .enum(['0', '1', 'false', 'true'])
  .transform((text) => text === '1' || text === 'true');
const optionalText = z.string().optional();
const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0);

/** A port number in the environment; 0 lets the system choose a free one. */
export const portNumber = port;
/** A switch in the environment: 1/true or 0/false. */
export const onOff = flag;
/** Text that may be left unset. */
export const maybeText = optionalText;

/** What every service reads: spread it into the service's own schema. Values by environment are the seed's (§9.2). */
export const commonConfig = defineConfig({
  runtime: {
    environment: setting('SELFOS_ENV', z.enum(ENVIRONMENTS), { doc: 'which environment this is: local, development, staging or production', fallback: 'local' }),
    home: setting('SELFOS_HOME', z.string(), { doc: 'folder for everything SelfOS keeps on disk', fallback: '.selfos' }),
    debug: setting('DEBUG_MODE', flag, { doc: 'more checks and more said about failures', fallback: { production: 'false', otherwise: 'true' } }),
    timeTravel: setting('SELFOS_TIME_TRAVEL', flag, { doc: 'let domain time be moved, for the demo and tests; refused in production', fallback: 'false' }),
    cacheTtlSeconds: setting('CACHE_TTL', z.coerce.number().int().min(0), { doc: 'seconds that cached answers live', fallback: { development: '60', otherwise: '300' } }),
  },
  logging: {
    level: setting('LOG_LEVEL', z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']), { doc: 'least severity that is logged', fallback: { local: 'DEBUG', otherwise: 'INFO' } }),
    pseudonymKey: setting('LOG_PSEUDONYM_KEY', optionalText, { doc: 'secret behind the monthly pseudonyms of people in logs; drawn at random when unset' }),
    traceFile: setting('SELFOS_TRACE_FILE', optionalText, { doc: 'append finished spans to this file as JSON lines' }),
  },
  http: {
    host: setting('HOST', z.string(), { doc: 'address to listen on', fallback: '127.0.0.1' }),
    port: setting('PORT', port.optional(), { doc: "port to listen on; unset takes the service's own" }),
    publicUrl: setting('PUBLIC_URL', z.url(), { doc: 'where clients reach the gateway', fallback: 'http://localhost:8080' }),
    trustedProxies: setting('TRUSTED_PROXIES', z.string(), { doc: 'addresses and networks of the balancers before us, separated by commas: what they say of a client’s address is believed', fallback: '' }),
    serviceUrls: setting('SERVICE_URLS', z.string(), {
      doc: 'where other services are, as name=url pairs separated by commas; those not named are at 127.0.0.1 and their own port',
      fallback: '',
    }),
    serviceKeys: setting('SERVICE_KEYS', optionalText, { doc: "folder or file with this service's signing key and every service's public key; made under SELFOS_HOME when unset and not in production" }),
    shutdownDrainMs: setting('SHUTDOWN_DRAIN_MS', milliseconds, { doc: 'how long requests that run may still take at shutdown', fallback: '25000' }),
    shutdownStreamsMs: setting('SHUTDOWN_STREAMS_MS', milliseconds, { doc: 'how long live answers may still take at shutdown before their clients are told to connect again', fallback: '10000' }),
    shutdownNoticeMs: setting('SHUTDOWN_NOTICE_MS', milliseconds, { doc: 'how long a service is not ready before it stops accepting', fallback: { local: '0', otherwise: '5000' } }),
  },
  shedding: {
    loopDelayMs: setting('SHED_LOOP_DELAY_MS', milliseconds, {
      doc: 'delay of the event loop above which answers and stories are refused with 503 until it has less to do; three times as much: everything but health and signing out. 0: not looked at',
      fallback: { local: '0', otherwise: '150' },
    }),
    inFlight: setting('SHED_IN_FLIGHT', z.coerce.number().int().min(2), {
      doc: 'requests under way in one service at which further ones are refused with 503; answers and stories at half of it',
      fallback: '512',
    }),
  },
  database: {
    url: setting('DATABASE_URL', z.string().optional(), {
      doc: 'PostgreSQL server; each service has its own database on it. Unset: the embedded server of `npm start`',
      fallback: { local: 'postgresql://localhost/selfos_dev', otherwise: undefined },
    }),
    poolSize: setting('DATABASE_POOL_SIZE', z.coerce.number().int().min(1), { doc: 'connections to PostgreSQL, all services together', fallback: { local: '5', otherwise: '50' } }),
  },
  redis: { url: setting('REDIS_URL', optionalText, { doc: 'Redis for events, limits and caches, e.g. redis://localhost:6379; unset: the log in PostgreSQL and memory' }) },
  pubsub: {
    projectId: setting('PUBSUB_PROJECT_ID', optionalText, { doc: 'Google Cloud project whose Pub/Sub carries the events, with the credentials of the environment (or PUBSUB_EMULATOR_HOST); unset: Redis, or the log in PostgreSQL' }),
  },
  mongodb: { url: setting('MONGODB_URL', optionalText, { doc: 'MongoDB for conversations; unset: PostgreSQL' }) },
  storage: {
    backend: setting('STORAGE_BACKEND', z.enum(['filesystem', 'gcs']), { doc: 'where files are kept', fallback: { production: 'gcs', otherwise: 'filesystem' } }),
  },
  ai: {
    provider: setting('LLM_PROVIDER', z.enum(['local', 'claude', 'openai', 'gemini']), { doc: 'which model answers first', fallback: { production: 'claude', otherwise: 'local' } }),
    timeoutSeconds: setting('AI_TIMEOUT', z.coerce.number().int().min(1), { doc: 'seconds an answer of a model may take', fallback: { local: '30', otherwise: '120' } }),
  },
  sealing: {
    policy: setting('E2E_POLICY', z.enum(['edge', 'required']), {
      doc: 'edge: the gateway seals plain bodies; required: clients must seal, plain bodies are refused',
      fallback: 'edge',
    }),
  },
});

/** Fewer connections than this and a service waits for itself: one for requests, one for a claim, one for the relay. */
const LEAST_CONNECTIONS = 3;

/** How many of the shared connections one of `services` may hold. The sum stays within `poolSize` unless that is too small to work. */
export function connectionsPerService(poolSize: number, services: number): number {
  return Math.max(LEAST_CONNECTIONS, Math.floor(poolSize / Math.max(1, services)));
}
