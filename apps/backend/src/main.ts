import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { configSchema } from './backend.config.js';
import { BackendModule } from './backend.module.js';
import { manifest } from './manifest.js';

const config = loadConfig(configSchema);
await runService(BackendModule.with(config), manifest, config);
