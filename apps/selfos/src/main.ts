import { services } from './services.js';
import { startCommand } from './start/start-command.js';

// Whoever read our lines may go away; SelfOS goes on without being heard.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

await startCommand(services, process.env, (line) => {
  process.stdout.write(`${line}\n`);
});
