// npm run trace -- "<sentence>": the hops of one turn, from the spans of a SelfOS of its own.
import { build } from '../build.mjs';

await build();
await import('../../../apps/selfos/dist/trace/main.js');
