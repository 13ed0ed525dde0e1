import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { manifest } from './manifest.js';
import { configSchema } from './notify.config.js';
import { NotifyModule } from './notify.module.js';

const config = loadConfig(configSchema);
await runService(NotifyModule.with(config), manifest, config);
