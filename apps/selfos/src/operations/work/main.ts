import { runOperation } from '../run-operation.js';
import { workCommand } from './work-command.js';

await runOperation(workCommand);
