import { expect, it } from '@jest/globals';
import { requireRealPart } from '@selfos/testing';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const TRACE = fileURLToPath(new URL('../dist/trace/main.js', import.meta.url));
const DOCUMENT = fileURLToPath(new URL('../../../docs/walkthrough.md', import.meta.url));

requireRealPart('postgres')('docs/walkthrough.md', () => {
  it('lists the hops that the sentence really takes', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [TRACE, '--document', 'I want to start exercising regularly']);
    const listed = /<!-- hops -->\n([^]*?)<!-- \/hops -->/.exec(readFileSync(DOCUMENT, 'utf8'))?.[1] ?? '';
    expect(listed.trim().split('\n')).toEqual(stdout.trim().split('\n'));
  }, 300_000);
});
