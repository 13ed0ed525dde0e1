import { describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.js';
import { freePorts, requireFreePort } from './ports.js';

const temporary = (): string => mkdtempSync(join(tmpdir(), 'selfos-folder-'));

describe('the data folder', () => {
  it('is made where SELFOS_HOME says, with its parents', () => {
    const open = temporary();
    chmodSync(open, 0o755);
    const path = join(open, 'deep', 'down');
    expect(openDataFolder(path)).toMatchObject({ path, why: 'SELFOS_HOME' });
  });

  it('is refused in one line when it is a file', () => {
    const file = join(temporary(), 'file');
    writeFileSync(file, '');
    expect(() => openDataFolder(file)).toThrow(/cannot be used \(it is not a folder\); set SELFOS_HOME/);
  });

  it('is refused in one line when nothing can be made there', () => {
    expect(() => openDataFolder(join(process.execPath, 'below'))).toThrow(/cannot be used \([^\n]+\); set SELFOS_HOME to a folder that you can write\.$/);
  });
});

describe('ports', () => {
  it('are different from each other', async () => {
    expect(new Set(await freePorts(8)).size).toBe(8);
  });

  it('are refused when taken, with another one to try', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    await expect(requireFreePort(port, '127.0.0.1')).rejects.toMatchObject({ reason: 'port-busy', exitCode: 10, message: expect.stringContaining('taken by another program') });
    await new Promise((resolve) => server.close(resolve));
    await expect(requireFreePort(port, '127.0.0.1')).resolves.toBeUndefined();
  });
});
