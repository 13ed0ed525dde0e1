import { beforeEach, describe, expect, it } from '@jest/globals';
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
  it('is refused while the process that holds it lives, and says which', () => {
    holder(`${process.ppid} ${processStart(process.ppid)}\n`);
    expect(() => InstanceLock.acquire(home)).toThrow(new RegExp(`already running on .* \\(process ${process.ppid}\\)`));
  });

  it('is taken over from a process that is gone', () => {
    holder('4194000 12345\n');
    expect(() => InstanceLock.acquire(home)).not.toThrow();
  });

  it('is taken over when the number belongs to another process by now', () => {
    holder(`${process.ppid} 1\n`);
    expect(() => InstanceLock.acquire(home)).not.toThrow();
  });

  it('is taken over when it was torn', () => {
    holder('');
    expect(() => InstanceLock.acquire(home)).not.toThrow();
  });

  it('can be acquired again after its release', () => {
    InstanceLock.acquire(home).release();
    expect(() => InstanceLock.acquire(home)).not.toThrow();
  });
});
