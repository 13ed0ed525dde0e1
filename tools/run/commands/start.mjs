// npm start: builds what changed and runs every service in this process.
import { build } from '../build.mjs';

await build();
await import('../../../apps/selfos/dist/main.js');
