// npm run selfos -- events …: builds what changed and runs the operator's command.
import { build } from '../build.mjs';

await build();
await import('../../../apps/selfos/dist/operations/events/main.js');
