import type { ConfigSchema } from '@selfos/config';
import type { ServiceManifest } from '@selfos/contracts';
import type { DependencyLimits } from '@selfos/http';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What tools need to know of a service: read from its build. */
export interface ServiceFacts {
  readonly folder: string;
  readonly manifest: ServiceManifest;
  readonly configSchema: ConfigSchema;
  /** What it asks outside of SelfOS; absent: nothing. */
  readonly dependencies?: readonly DependencyLimits[];
}

const APPS = fileURLToPath(new URL('../../../apps/', import.meta.url));

/** Every service under apps/; throws when one of them exports no manifest. `apps/selfos` composes and is none itself. */
export async function loadServices(): Promise<ServiceFacts[]> {
  const folders = readdirSync(APPS).filter((name) => name !== 'selfos' && existsSync(`${APPS}${name}/dist/index.js`));
  return Promise.all(folders.map(load));
}

async function load(folder: string): Promise<ServiceFacts> {
  const module = (await import(`${APPS}${folder}/dist/index.js`)) as Partial<ServiceFacts>;
  if (module.manifest === undefined || module.configSchema === undefined) throw new Error(`apps/${folder} exports no manifest and configSchema`);
  return { folder, manifest: module.manifest, configSchema: module.configSchema, dependencies: module.dependencies ?? [] };
}
