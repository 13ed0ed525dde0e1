import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { configSchema } from './auth.config.js';
import { AuthModule } from './auth.module.js';
import { manifest } from './manifest.js';

const config = loadConfig(configSchema);
await runService(AuthModule.with(config), manifest, config);
