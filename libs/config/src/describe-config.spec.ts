import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeConfig, envExample } from './describe-config.js';
import { defineConfig, setting } from './setting.js';

const schema = defineConfig({
  http: { port: setting('PORT', z.coerce.number(), { doc: 'port to listen on', fallback: '8080' }) },
  logging: { level: setting('LOG_LEVEL', z.string(), { doc: 'least severity', fallback: { local: 'DEBUG', otherwise: 'INFO' } }) },
  storage: { bucket: setting('BUCKET', z.string(), { doc: 'where files go' }) },
});

describe('describeConfig', () => {
  it('tells of each setting its variable, meaning, default and whether it must be given', () => {
    expect(describeConfig(schema)).toContainEqual({ group: 'http', key: 'port', variable: 'PORT', doc: 'port to listen on', fallback: '8080', required: false });
    expect(describeConfig(schema).find((one) => one.variable === 'BUCKET')?.required).toBe(true);
  });

  it('writes an example file that lists the values by environment', () => {
    expect(envExample(schema)).toContain('# LOG_LEVEL=DEBUG in local, INFO in development, INFO in staging, INFO in production');
    expect(envExample(schema)).toContain('# where files go (required)\n# BUCKET=');
  });
});
