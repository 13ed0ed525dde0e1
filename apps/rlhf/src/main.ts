import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { manifest } from './manifest.js';
import { configSchema } from './rlhf.config.js';
import { RlhfModule } from './rlhf.module.js';

const config = loadConfig(configSchema);
await runService(RlhfModule.with(config), manifest, config);
