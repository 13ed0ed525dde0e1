import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

const root = new URL('../../../', import.meta.url).pathname;
const read = (path: string): string => readFileSync(root + path, 'utf8');

describe('docs/seed-register.md', () => {
  const text = read('docs/seed-register.md');
  const rows = [...text.matchAll(/^\| S(\d{3}) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(([, number = '', subject = '', state = '', where = '']) => ({ number: Number(number), subject, state, where }));

  it('names every point once, in order, with a state', () => {
    expect(rows.map((row) => row.number)).toEqual(Array.from({ length: 338 }, (_, index) => index + 1));
    for (const row of rows) expect(['built', 'mapped', 'decided otherwise', 'not yet']).toContain(row.state);
  });

  it('counts its states as they are', () => {
    const count = (state: string): number => rows.filter((row) => row.state === state).length;
    const states = ['built', 'mapped', 'decided otherwise', 'not yet'];
    expect(text).toContain(`State today: ${states.map((state) => `${count(state)} ${state}`).join(', ')}.`);
  });

  it('names only paths that exist, and says where everything built is', () => {
    const paths = rows.flatMap((row) => [...row.where.matchAll(/(?:apps|libs|tools|docs|deploy)\/[\w./-]*\w|docker-compose\.yml|\.ci\/run/g)].map((match) => match[0]));
    expect(paths.filter((path) => !existsSync(root + path))).toEqual([]);
    expect(rows.filter((row) => row.state === 'built' && row.where === '–').map((row) => row.number)).toEqual([]);
  });
});

describe('every document', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)];

  it.each(documents)('%s links only to files that are there', (document) => {
    const links = [...read(document).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  const text = read('docs/dependencies.md');
  const manifests = ['package.json', ...['apps', 'libs'].flatMap((group) => readdirSync(root + group).map((name) => `${group}/${name}/package.json`))].filter((path) => existsSync(root + path));
  const used = new Set(manifests.flatMap((path) => {
    const manifest = JSON.parse(read(path)) as { dependencies?: object; devDependencies?: object };
    return [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.devDependencies ?? {})];
  }).filter((name) => !name.startsWith('@selfos/')));

  it('says why each dependency is there', () => {
    expect([...used].filter((name) => !text.includes(`\`${name}\``)).sort()).toEqual([]);
  });
});

describe('the workflow of the CI', () => {
  it('does what .ci/run does, and nothing beside it', () => {
    const workflow = parse(read('.github/workflows/ci.yml')) as { jobs: Record<string, { steps: { run?: string }[] }> };
    const runs = Object.values(workflow.jobs).flatMap((job) => job.steps.flatMap((step) => step.run ?? []));
    expect(runs.at(-1)).toBe('.ci/run');
    expect(runs.join('\n')).not.toMatch(/npm |jest|eslint/);
  });
});
