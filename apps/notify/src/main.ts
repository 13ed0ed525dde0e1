import { loadConfig } from '@selfos/config';
import { runDefinition } from '@selfos/http';
import { configSchema, notifyService } from './index.js';

await runDefinition(notifyService(loadConfig(configSchema)));
