// Writes the published vectors: `node libs/crypto/vectors/write.mjs`, after a build. envelope-vectors.spec.ts fails when they differ.
import { writeFile } from 'node:fs/promises';
import { makeVectors } from '../dist/vectors/make-vectors.js';

await writeFile(new URL('envelope-1.json', import.meta.url), `${JSON.stringify(await makeVectors(), null, 2)}\n`);
