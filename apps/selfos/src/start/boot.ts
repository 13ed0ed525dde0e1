import { commonConfig, ConfigError, loadConfig, type Environment } from '@selfos/config';
import { ServiceDirectory, startService, type RunningService } from '@selfos/http';
import { Logger } from '@selfos/observability';
import { createHash, randomBytes } from 'node:crypto';
import { openDataFolder, type DataFolder } from '../data-folder/data-folder.js';
import { InstanceLock } from '../data-folder/instance-lock.js';
import { requireFreePort } from '../data-folder/ports.js';
import { EmbeddedPostgres } from '../postgres/embedded-postgres.js';
import { StartFailure } from '../start-failure.js';
import { LogFile } from './log-file.js';
import type { ServicePart } from './service-part.js';

/** A SelfOS that runs: every service in this process, and what they stand on. */
export interface RunningSelfos {
  readonly home: DataFolder;
  readonly logPath: string;
  readonly gateway: RunningService;
  /** Services first, the gateway before all others; then the database; then the lock. Safe to call twice. */
  stop(): Promise<void>;
}

/** What is open so far, closed in reverse order. */
class Opened {
  private readonly closers: (() => Promise<void> | void)[] = [];

  add(close: () => Promise<void> | void): void {
    this.closers.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0)) await close();
  }
}

/** Starts everything, or nothing: what was begun is taken back before the failure is thrown. */
export async function boot(parts: readonly ServicePart[], env: Environment): Promise<RunningSelfos> {
  const opened = new Opened();
  try {
    return await bootInto(opened, parts, env);
  } catch (error) {
    await opened.close();
    throw error instanceof ConfigError ? new StartFailure('bad-configuration', error.message, { cause: error }) : error;
  }
}

async function bootInto(opened: Opened, parts: readonly ServicePart[], env: Environment): Promise<RunningSelfos> {
  const config = loadConfig(commonConfig, env);
  const port = config.http.port ?? 8080;
  const home = openDataFolder(env['SELFOS_HOME']);
  const lock = await InstanceLock.acquire(home.path);
  opened.add(() => lock.release());
  await requireFreePort(port, config.http.host);
  const log = new LogFile(home.path);
  opened.add(() => log.close());
  const databaseUrl = env['DATABASE_URL'] || (await embeddedDatabase(opened, home));
  const shared = { ...env, SELFOS_HOME: home.path, DATABASE_URL: databaseUrl, PUBLIC_URL: env['PUBLIC_URL'] || `http://localhost:${port}` };
  const secret = config.logging.pseudonymKey === undefined ? randomBytes(32) : createHash('sha256').update(config.logging.pseudonymKey).digest();
  const start = starter({ opened, log, secret, level: config.logging.level, directory: new ServiceDirectory() });
  const isGateway = (part: ServicePart): boolean => part.manifest.name === 'gateway';
  await allOrThrow(parts.filter((part) => !isGateway(part)).map((part) => start(part, { ...shared, HOST: '127.0.0.1', PORT: '0' })));
  const edge = parts.find(isGateway);
  if (edge === undefined) throw new StartFailure('service-failed', 'There is no gateway among the services.');
  const gateway = await start(edge, { ...shared, PORT: String(port) });
  const stop = (): Promise<void> => {
    lock.announceStop();
    return opened.close();
  };
  return { home, logPath: log.path, gateway, stop: once(stop) };
}

async function embeddedDatabase(opened: Opened, home: DataFolder): Promise<string> {
  const database = await EmbeddedPostgres.start(home);
  opened.add(() => database.stop());
  return database.url;
}

interface Starter {
  readonly opened: Opened;
  readonly log: LogFile;
  readonly secret: Uint8Array;
  readonly level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
  readonly directory: ServiceDirectory;
}

function starter({ opened, log, secret, level, directory }: Starter): (part: ServicePart, env: Environment) => Promise<RunningService> {
  return async (part, env) => {
    const { name } = part.manifest;
    const logger = new Logger({ service: name, level, pseudonymSecret: secret, destination: log });
    try {
      const definition = await part.define(env);
      const service = await startService({ ...definition, directory, logger });
      opened.add(() => service.close());
      return service;
    } catch (cause) {
      if (cause instanceof ConfigError) throw cause;
      logger.critical('service could not start', { error: cause });
      throw new StartFailure('service-failed', `The service ${name} could not start: ${cause instanceof Error ? cause.message : String(cause)}; more in ${log.path}`, { cause });
    }
  };
}

/** Waits for all of them, also when one fails, so that nothing starts behind the clean-up's back. */
async function allOrThrow(starts: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(starts);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
