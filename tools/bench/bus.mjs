// events through Redis Streams, published, checked, handled and acknowledged, against BullMQ in the same rounds; `ci` for a smaller run
import { runTypeScript } from '../run/typescript.mjs';

process.exit(await runTypeScript('tools/bench/bus.ts', process.argv.slice(2)));
