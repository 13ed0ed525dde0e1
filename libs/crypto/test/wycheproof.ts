import { type DescribeBlock, requireSharedData, sharedData } from '@selfos/testing';
import { existsSync, readFileSync } from 'node:fs';

/** `describe` over one file of Wycheproof's vectors, where they are on this machine. */
export function describeWycheproof(file: string, body: () => void): void {
  const describeData: DescribeBlock = requireSharedData('wycheproof', file);
  describeData(`Wycheproof ${file}`, body);
}

/** The groups of a file, each with its tests flattened to one row apiece: group fields and test fields together. */
export function wycheproofRows<T>(file: string): T[] {
  const path = sharedData('wycheproof', file);
  if (!existsSync(path)) return [];
  const { testGroups } = JSON.parse(readFileSync(path, 'utf8')) as { testGroups: { tests: object[] }[] };
  return testGroups.flatMap(({ tests, ...group }) => tests.map((test) => ({ ...group, ...test }) as T));
}
