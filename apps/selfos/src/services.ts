import * as aiEngine from '@selfos/ai-engine';
import * as auth from '@selfos/auth';
import * as backend from '@selfos/backend';
import { loadConfig } from '@selfos/config';
import * as gateway from '@selfos/gateway';
import * as memory from '@selfos/memory';
import * as notify from '@selfos/notify';
import * as rlhf from '@selfos/rlhf';
import * as storyEngine from '@selfos/story-engine';
import type { ServicePart } from './start/service-part.js';

const backendPart: ServicePart = {
  ...backend,
  define: (env) => {
    const config = loadConfig(backend.configSchema, env);
    return { manifest: backend.manifest, config, module: backend.BackendModule.with(config) };
  },
};
const notifyPart: ServicePart = {
  ...notify,
  define: (env) => {
    const config = loadConfig(notify.configSchema, env);
    return { manifest: notify.manifest, config, module: notify.NotifyModule.with(config) };
  },
};
const rlhfPart: ServicePart = {
  ...rlhf,
  define: (env) => {
    const config = loadConfig(rlhf.configSchema, env);
    return { manifest: rlhf.manifest, config, module: rlhf.RlhfModule.with(config) };
  },
};

/** Every service that this process runs. */
export const services: readonly ServicePart[] = [auth, backendPart, memory, aiEngine, storyEngine, notifyPart, rlhfPart, gateway];
