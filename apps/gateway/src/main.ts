import { runDefinition } from '@selfos/http';
import { defineGateway } from './define-gateway.js';

await runDefinition(defineGateway(process.env));
