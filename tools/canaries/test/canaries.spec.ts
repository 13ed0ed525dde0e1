import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url).pathname;
const wrong = `${root}tools/canaries/wrong/`;

interface Outcome {
  readonly code: number;
  readonly output: string;
}

interface Invocation {
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly input?: string;
}

function run({ script, args, cwd = root, input }: Invocation): Promise<Outcome> {
  const native = script.endsWith('/tsc');
  const [program, leading] = native ? [`${root}node_modules/${script}`, []] : [process.execPath, [`${root}node_modules/${script}`]];
  return new Promise((resolve) => {
    const child = execFile(program, [...leading, ...args], { cwd, env: { ...process.env, NX_DAEMON: 'false' } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
    child.stdin?.end(input ?? '');
  });
}

/** Lints a canary as if it lay at `as`, so that the rules of that place apply. */
async function lint(file: string, as: string): Promise<Outcome> {
  const input = await readFile(wrong + file, 'utf8');
  return run({ script: 'eslint/bin/eslint.js', args: ['--stdin', '--stdin-filename', as], input });
}

const lintCanaries: readonly (readonly [string, string, string])[] = [
  ['any.ts', 'apps/memory/src/canary.ts', 'no-explicit-any'],
  ['silenced.ts', 'apps/memory/src/canary.ts', 'no-explicit-any'],
  ['module-state.ts', 'libs/http/src/canary.ts', 'no-module-state'],
  ['environment.ts', 'apps/memory/src/canary.ts', 'no-restricted-syntax'],
  ['encryption.ts', 'apps/memory/src/canary.ts', 'no-restricted-imports'],
  ['domain-knows-store.ts', 'apps/memory/src/domain/memory/canary.ts', 'no-restricted-imports'],
  ['too-long.ts', 'apps/memory/src/canary.ts', 'max-params'],
  ['plane.ts', 'apps/notify/src/canary.ts', 'enforce-module-boundaries'],
  ['plane.ts', 'libs/http/src/canary.ts', 'enforce-module-boundaries'],
  ['app-imports-app.ts', 'apps/memory/src/canary.ts', 'enforce-module-boundaries'],
  ['kernel-imports-lib.ts', 'libs/kernel/src/canary.ts', 'enforce-module-boundaries'],
];

// Without a project graph the rule of boundaries says so and lets everything pass; `npm run check` makes it too.
beforeAll(async () => {
  const { code, output } = await run({ script: 'nx/dist/bin/nx.js', args: ['graph', '--file=.nx/graph.json'] });
  if (code !== 0) throw new Error(output);
}, 120_000);

describe('every checker fails on the file that is wrong on purpose', () => {
  it.each(lintCanaries)('lint: %s at %s breaks %s', async (file, as, rule) => {
    const { code, output } = await lint(file, as);
    expect(output).toMatch(new RegExp(`error .*${rule}|${rule}$`, 'm'));
    expect(code).toBe(1);
  });

  it('lint: nothing is wrong with the same place when the code is right', async () => {
    const input = "import { uuidv7 } from '@selfos/kernel';\n\nexport const id = uuidv7;\n";
    const { code, output } = await run({ script: 'eslint/bin/eslint.js', args: ['--stdin', '--stdin-filename', 'apps/notify/src/canary.ts'], input });
    expect(output).toBe('');
    expect(code).toBe(0);
  });

  it('layers: an inner layer that imports an outer one, a cycle, and a component entered past its index', async () => {
    const args = ['--config', `${root}.dependency-cruiser.cjs`, 'apps'];
    const { code, output } = await run({ script: 'dependency-cruiser/bin/dependency-cruiser.mjs', args, cwd: `${wrong}layers` });
    for (const rule of ['domain-is-innermost', 'api-points-inwards', 'no-cycles', 'component-through-its-index']) expect(output).toContain(rule);
    expect(code).not.toBe(0);
  });

  it('promises: one that nobody awaits', async () => {
    const { code, output } = await run({ script: 'oxlint/bin/oxlint', args: ['--type-aware', '-c', '.oxlintrc.json', `${wrong}promises`] });
    expect(output).toContain('no-floating-promises');
    expect(code).not.toBe(0);
  });

  it('types: a string that claims to be a number', async () => {
    const { code, output } = await run({ script: 'typescript-7/bin/tsc', args: ['-p', `${wrong}types`] });
    expect(output).toContain('TS2322');
    expect(code).not.toBe(0);
  });
});
