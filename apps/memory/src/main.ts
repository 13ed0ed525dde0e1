import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { manifest } from './manifest.js';
import { configSchema } from './memory.config.js';
import { MemoryModule } from './memory.module.js';

const config = loadConfig(configSchema);
await runService(MemoryModule.with(config), manifest, config);
