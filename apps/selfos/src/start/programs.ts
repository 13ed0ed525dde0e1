import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of a program on PATH, or nothing. */
export function findProgram(name: string, path: string | undefined): string | undefined {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return (path ?? '').split(delimiter).filter(Boolean).map((folder) => join(folder, name + suffix)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
