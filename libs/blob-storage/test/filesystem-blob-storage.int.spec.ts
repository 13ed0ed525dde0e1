import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { FilesystemBlobStorage } from '../src/index.js';
import { blobStorageContract } from './blob-storage.contract.js';

describe('FilesystemBlobStorage', () => {
  const folders: string[] = [];
  const folder = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), 'selfos-blobs-'));
    folders.push(path);
    return path;
  };
  afterAll(async () => {
    for (const path of folders) await rm(path, { recursive: true, force: true });
  });

  blobStorageContract(async () => FilesystemBlobStorage.open(await folder()));

  it('keeps files readable by their owner alone', async () => {
    const root = await folder();
    const blobs = await FilesystemBlobStorage.open(root);
    await blobs.put('u/secret', Buffer.from('x'));
    expect((await stat(join(root, 'u'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(root, 'u', 'secret~blob'))).mode & 0o777).toBe(0o600);
  });

  it('leaves no unfinished upload behind, and sweeps those of a crash at the next start', async () => {
    const root = await folder();
    const blobs = await FilesystemBlobStorage.open(root);
    await blobs.put('x', Buffer.from('x'));
    expect(await readdir(join(root, '.incoming'))).toEqual([]);
    const orphan = join(root, '.incoming', 'orphan');
    await writeFile(orphan, 'half');
    await FilesystemBlobStorage.open(root);
    expect(await readdir(join(root, '.incoming'))).toEqual(['orphan']);
    await utimes(orphan, 0, 0);
    await FilesystemBlobStorage.open(root);
    expect(await readdir(join(root, '.incoming'))).toEqual([]);
  });

  it('finds again what another instance on the same folder stored', async () => {
    const root = await folder();
    await (await FilesystemBlobStorage.open(root)).put('shared', Buffer.from('both'));
    expect(await (await FilesystemBlobStorage.open(root)).find('shared')).toEqual({ key: 'shared', size: 4 });
  });
});
