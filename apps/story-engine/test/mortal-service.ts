import { loadConfig } from '@selfos/config';
import { runService } from '@selfos/http';
import { configSchema, manifest } from '../src/index.js';
import { StoryEngineModule } from '../src/story-engine.module.js';

// The whole service as a process of its own, to be killed.
const config = loadConfig(configSchema);
const service = await runService(StoryEngineModule.with(config), manifest, config);
process.stdout.write(`${service.url}\n`);
