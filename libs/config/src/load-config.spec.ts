import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { commonConfig, connectionsPerService } from './common-config.js';
import { ConfigError, loadConfig } from './load-config.js';
import { defineConfig, setting } from './setting.js';

const schema = defineConfig({
  ...commonConfig,
  memory: { neighbours: setting('MEMORY_NEIGHBOURS', z.coerce.number().int().min(1), { doc: 'memories per answer', fallback: '10' }) },
});

describe('loadConfig', () => {
  it('needs nothing in the environment and gives typed, grouped, frozen values', () => {
    const config = loadConfig(schema, {});
    expect(config.memory.neighbours).toBe(10);
    expect(config.runtime.environment).toBe('local');
    expect(config.redis.url).toBeUndefined();
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.memory)).toBe(true);
  });

  it.each([
    ['local', true, 'DEBUG', 5, 300, 30, 'local', 'filesystem'],
    ['development', true, 'INFO', 50, 60, 120, 'local', 'filesystem'],
    ['staging', true, 'INFO', 50, 300, 120, 'local', 'filesystem'],
    ['production', false, 'INFO', 50, 300, 120, 'claude', 'gcs'],
  ])('has the values of %s', (environment, ...values) => {
    const { runtime, logging, database, ai, storage } = loadConfig(schema, { SELFOS_ENV: environment });
    expect([runtime.debug, logging.level, database.poolSize, runtime.cacheTtlSeconds, ai.timeoutSeconds, ai.provider, storage.backend]).toEqual(values);
  });

  it('points at the local database only in local', () => {
    expect(loadConfig(schema, {}).database.url).toBe('postgresql://localhost/selfos_dev');
    expect(loadConfig(schema, { SELFOS_ENV: 'production' }).database.url).toBeUndefined();
  });

  it('names every bad variable at once and never a value', () => {
    const load = () => loadConfig(schema, { SELFOS_ENV: 'prod', PORT: 'hunter2', MEMORY_NEIGHBOURS: '0', PUBLIC_URL: 'hunter2' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/SELFOS_ENV: must be one of local.*PORT: must be a number.*PUBLIC_URL: must be a valid url.*MEMORY_NEIGHBOURS: is below the minimum of 1/s);
    expect(load).not.toThrow(/hunter2/);
  });

  it('treats an empty variable as unset', () => {
    expect(loadConfig(schema, { MEMORY_NEIGHBOURS: '' }).memory.neighbours).toBe(10);
  });

  it('shares the connections among the services, but leaves each enough to work', () => {
    expect(connectionsPerService(50, 7)).toBe(7);
    expect(connectionsPerService(5, 7)).toBe(3);
  });
});
