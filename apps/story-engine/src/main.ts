import { loadConfig } from '@selfos/config';
import { runDefinition } from '@selfos/http';
import { configSchema, createStoryEngineService } from './index.js';

await runDefinition(createStoryEngineService(loadConfig(configSchema)));
