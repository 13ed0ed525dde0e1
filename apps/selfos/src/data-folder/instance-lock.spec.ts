import { beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstanceLock } from './instance-lock.js';
import { processStart } from './processes.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'selfos-lock-'));
});
const holder = (text: string): void => writeFileSync(join(home, 'selfos.lock'), text);

describe('the lock of a data folder', () => {
  it('is refused while the process that holds it lives, and says which', async () => {
    holder(`${process.ppid} ${processStart(process.ppid)}\n`);
    await expect(InstanceLock.acquire(home)).rejects.toThrow(new RegExp(`already running on .* \\(process ${process.ppid}\\)`));
  });

  it('is waited for when its process is about to stop', async () => {
    const stopping = spawn('sleep', ['0.3']);
    holder(`${stopping.pid} ${processStart(stopping.pid ?? 0)} stopping\n`);
    await expect(InstanceLock.acquire(home)).resolves.toBeInstanceOf(InstanceLock);
  });

  it.each([
    ['from a process that is gone', '4194000 12345\n'],
    ['when the number belongs to another process by now', `${process.ppid} 1\n`],
    ['when it was torn', ''],
  ])('is taken over %s', async (_when, text) => {
    holder(text);
    await expect(InstanceLock.acquire(home)).resolves.toBeInstanceOf(InstanceLock);
  });

  it('can be acquired again after its release', async () => {
    (await InstanceLock.acquire(home)).release();
    await expect(InstanceLock.acquire(home)).resolves.toBeInstanceOf(InstanceLock);
  });
});
