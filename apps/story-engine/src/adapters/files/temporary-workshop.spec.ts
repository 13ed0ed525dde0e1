import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TemporaryWorkshop } from './temporary-workshop.js';

describe('TemporaryWorkshop', () => {
  let parent = '';

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'workshop-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  function leftBy(name: string): string {
    const folder = join(parent, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'words.srt'), 'private');
    return folder;
  }

  it('removes what dead processes left, also one that had the same number as this one', async () => {
    const [dead, before] = [leftBy('selfos-story-4194999-1-abcdef'), leftBy(`selfos-story-${process.pid}-1-abcdef`)];
    await TemporaryWorkshop.start(parent);
    expect([existsSync(dead), existsSync(before)]).toEqual([false, false]);
  });

  it('leaves the benches of others that live, in this process too', async () => {
    const [first, other] = [await TemporaryWorkshop.start(parent), leftBy(`selfos-story-${process.ppid}-1-abcdef`)];
    const { folder } = await first.open('story');
    await TemporaryWorkshop.start(parent);
    expect([existsSync(folder), existsSync(other), statSync(folder).mode & 0o777]).toEqual([true, true, 0o700]);
    await first.close('story');
    expect(existsSync(folder)).toBe(false);
  });
});
