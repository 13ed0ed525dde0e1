import { runOperation } from '../run-operation.js';
import { eventsCommand } from './events-command.js';

await runOperation(eventsCommand);
