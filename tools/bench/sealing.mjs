// opening a page of sealed tasks, against opening as many envelopes alone in the same rounds; JSON
import { runTypeScript } from '../run/typescript.mjs';

process.exit(await runTypeScript('tools/bench/sealing.ts', process.argv.slice(2)));
