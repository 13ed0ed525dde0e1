import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { manifest } from './manifest.js';
import { configSchema } from './story-engine.config.js';
import { StoryEngineModule } from './story-engine.module.js';

const config = loadConfig(configSchema);
await runService(StoryEngineModule.with(config), manifest, config);
