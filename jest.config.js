import { existsSync, readdirSync } from 'node:fs';
import preset from './jest.preset.js';

const projects = ['apps', 'libs', 'tools'].flatMap((group) =>
  readdirSync(group, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (existsSync(`${group}/${entry.name}/src`) || existsSync(`${group}/${entry.name}/test`)))
    .map((entry) => ({ ...preset, displayName: entry.name, rootDir: `${group}/${entry.name}` })),
);

export default { projects, testTimeout: 60_000 };
