import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { configSchema } from './ai-engine.config.js';
import { AiEngineModule } from './ai-engine.module.js';
import { manifest } from './manifest.js';

const config = loadConfig(configSchema);
await runService(AiEngineModule.with(config), manifest, config);
