// npm run demo: plays a week against a running SelfOS, or against one of its own.
import { build } from '../build.mjs';

await build();
await import('../../../apps/selfos/dist/demo/main.js');
