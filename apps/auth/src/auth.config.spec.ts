import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@selfos/config';
import { configSchema, keyPath } from './auth.config.js';

describe('where keys are kept', () => {
  it('is under the home folder, or where the environment says', () => {
    expect(keyPath(loadConfig(configSchema, { SELFOS_HOME: '/home/ada' }), 'wrappingKeyFile', 'wrapping-key.json')).toBe('/home/ada/keys/wrapping-key.json');
    expect(keyPath(loadConfig(configSchema, { AUTH_KEY_FILE: '/run/secrets/kek' }), 'wrappingKeyFile', 'wrapping-key.json')).toBe('/run/secrets/kek');
  });

  it('has to be said in production', () => {
    const config = loadConfig(configSchema, { SELFOS_ENV: 'production' });
    expect(() => keyPath(config, 'wrappingKeyFile', 'wrapping-key.json')).toThrow('AUTH_KEY_FILE');
  });
});
