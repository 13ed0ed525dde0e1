import { services } from './services.js';
import { startCommand } from './start/start-command.js';

await startCommand(services, process.env, (line) => {
  process.stdout.write(`${line}\n`);
});
