// Test material that nobody of us wrote lies outside the repository, and is only read.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run/processes.mjs';

/** The path of a file of the shared material (SELFOS_SHARED, by default ../shared). Exits with one clear line when it is not there. */
export function sharedFile(...path) {
  const file = join(process.env.SELFOS_SHARED ?? join(root, '..', 'shared'), ...path);
  if (!existsSync(file)) absent(file);
  return file;
}

export function absent(file) {
  process.stderr.write(`There is no ${file}. Set SELFOS_SHARED to the folder of the test material, or give the file with --data.\n`);
  process.exit(66);
}

/** The value after `--name`, or undefined. */
export function option(args, name) {
  const place = args.indexOf(`--${name}`);
  return place === -1 ? undefined : args[place + 1];
}
