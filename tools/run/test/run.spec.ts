import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;

function run(folder: string, ...args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }));
  });
}

describe('a small workspace', () => {
  let folder: string;
  const path = (...parts: string[]): string => join(folder, ...parts);
  const build = async (): Promise<string> => (await run(folder, 'tools/run/build.mjs')).output;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'selfos-build-'));
    cpSync(`${root}tools/run`, path('tools', 'run'), { recursive: true });
    symlinkSync(`${root}node_modules`, path('node_modules'));
    writeFileSync(path('package.json'), '{ "type": "module" }');
    for (const part of ['apps', 'libs/one/src']) mkdirSync(path(part), { recursive: true });
    writeFileSync(path('libs/one/src/index.ts'), 'export const one: number = 1;\n');
    writeFileSync(path('libs/one/src/index.spec.ts'), 'throw new Error();\n');
    writeFileSync(path('libs/one/src/words.txt'), 'words');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is built with everything but its specs, and not again when nothing changed', async () => {
    expect(await build()).toMatch(/^built 2 files/);
    expect(readFileSync(path('libs/one/dist/index.js'), 'utf8')).toContain('export const one = 1;');
    expect(existsSync(path('libs/one/dist/index.js.map')) && existsSync(path('libs/one/dist/words.txt'))).toBe(true);
    expect(existsSync(path('libs/one/dist/index.spec.js'))).toBe(false);
    expect(await build()).toMatch(/^built 0 files/);
  });

  it('is built again where it changed, and loses what is gone', async () => {
    await build();
    writeFileSync(path('libs/one/src/two.ts'), 'export const two = 2;\n');
    expect(await build()).toMatch(/^built 1 files/);
    rmSync(path('libs/one/src/two.ts'));
    expect(await build()).toMatch(/^built 0 files/);
    expect(existsSync(path('libs/one/dist/two.js'))).toBe(false);
  });

  it('says where a file cannot be read', async () => {
    writeFileSync(path('libs/one/src/index.ts'), 'export const = 1;\n');
    const { code, output } = await run(folder, 'tools/run/build.mjs');
    expect(code).toBe(1);
    expect(output).toContain('index.ts');
  });
});

describe('the script behind npm', () => {
  it('names its commands when asked for another one', async () => {
    expect(await run(root, 'tools/run/run.mjs', 'dance')).toEqual({ code: 64, output: expect.stringContaining('npm run <start|test|check') });
  });

  it('has a file for each of its commands', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
    const commands = Object.values(scripts).flatMap((script) => /run\.mjs (\w+)$/.exec(script)?.[1] ?? []);
    expect(commands.length).toBeGreaterThan(8);
    expect(commands.filter((command) => !existsSync(`${root}tools/run/commands/${command}.mjs`))).toEqual([]);
  });
});
