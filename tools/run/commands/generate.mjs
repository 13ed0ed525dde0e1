// npm run generate: writes the documents that are made from the code; with --check it only compares.
import { build } from '../build.mjs';

await build();
await import('../../generate/src/main.ts');
