import { loadConfig } from '@selfos/config';
import { connectEvents } from '@selfos/event-bus';
import { runService } from '@selfos/http';
import { configSchema, manifest } from '../src/index.js';
import { StoryEngineModule } from '../src/story-engine.module.js';

// The whole service as a process of its own, to be killed.
const config = loadConfig(configSchema);
const service = await runService(StoryEngineModule.with(config), manifest, config);
if (service.app.getMicroservices().length === 0) {
  connectEvents(service.app);
  await service.app.startAllMicroservices();
}
process.stdout.write(`${service.url}\n`);
