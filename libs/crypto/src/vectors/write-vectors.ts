import { writeFile } from 'node:fs/promises';
import { makeVectors } from './make-vectors.js';

// The published file; envelope-vectors.spec.ts fails when it differs from what this writes.
await writeFile(new URL('../../vectors/envelope-1.json', import.meta.url), `${JSON.stringify(await makeVectors(), null, 2)}\n`);
