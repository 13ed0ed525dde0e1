import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyFileUnusable, SealRefused } from '../crypto.errors.js';
import { systemRandom } from '../primitives/primitives.js';
import { FileKeyWrap } from './file-key-wrap.js';

describe('the key file', () => {
  let folder = '';
  const file = (): string => join(folder, 'keys', 'kek.json');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'selfos-kek-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, for its owner only, whoever comes first', async () => {
    const wraps = await Promise.all(Array.from({ length: 8 }, () => FileKeyWrap.open(file())));
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'keys'))).toEqual(['kek.json']);
    const roots = await Promise.all(wraps.map((wrap) => wrap.rootSecret()));
    expect(new Set(roots.map(String)).size).toBe(1);
  });

  it('unwraps what it wrapped, in the same place only', async () => {
    const wrap = await FileKeyWrap.open(file());
    const key = systemRandom(32);
    const wrapped = await wrap.wrap(key, 'ada/tasks/1');
    expect(wrapped).toMatchObject({ version: 1 });
    expect(await (await FileKeyWrap.open(file())).unwrap(wrapped, 'ada/tasks/1')).toEqual(key);
    await expect(wrap.unwrap(wrapped, 'bob/tasks/1')).rejects.toEqual(new SealRefused());
    await expect(wrap.unwrap({ ...wrapped, version: 2 }, 'ada/tasks/1')).rejects.toEqual(new SealRefused());
    const altered = wrapped.bytes.slice();
    altered[20] = (altered[20] ?? 0) ^ 1;
    await expect(wrap.unwrap({ ...wrapped, bytes: altered }, 'ada/tasks/1')).rejects.toEqual(new SealRefused());
  });

  it('wraps by its newest key and still opens what older ones wrapped', async () => {
    const old = await FileKeyWrap.open(file());
    const wrapped = await old.wrap(systemRandom(32), 'x');
    const content = JSON.parse(await readFile(file(), 'utf8')) as { keys: string[] };
    content.keys.push(Buffer.from(systemRandom(32)).toString('base64url'));
    await writeFile(file(), JSON.stringify(content));
    const rotated = await FileKeyWrap.open(file());
    expect((await rotated.wrap(systemRandom(32), 'x')).version).toBe(2);
    expect(await rotated.unwrap(wrapped, 'x')).toHaveLength(32);
  });

  it('is refused when others may read it, with the fix', async () => {
    await FileKeyWrap.open(file());
    await chmod(file(), 0o640);
    await expect(FileKeyWrap.open(file())).rejects.toMatchObject({ detail: expect.stringContaining('chmod 600') });
  });

  it.each(['', '{}', '{"format":"selfos-key-file/1","keys":[],"root":"AA"}', '{"format":"selfos-key-file/1","keys":["AA"],"root":"AA"}'])('is refused when damaged: %j', async (text) => {
    await FileKeyWrap.open(file());
    await writeFile(file(), text);
    await expect(FileKeyWrap.open(file())).rejects.toBeInstanceOf(KeyFileUnusable);
  });

  it('says so when it cannot be written', async () => {
    await writeFile(join(folder, 'keys'), 'a file where the folder should be');
    await expect(FileKeyWrap.open(file())).rejects.toBeInstanceOf(KeyFileUnusable);
  });
});
