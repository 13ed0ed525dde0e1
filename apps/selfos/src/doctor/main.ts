import { services } from '../services.js';
import { examineFfmpeg, examineFolder, examineFonts, examineNode, examinePort, examineSettings, examineVoice, examineZone } from './examinations.js';
import type { Finding } from './finding.js';

const SIGN: Readonly<Record<Finding['state'], string>> = { good: '✓', warn: '!', bad: '✗' };

const schemas = services.map((service) => service.configSchema);
const findings: readonly Finding[] = [
  examineNode(),
  examineSettings(schemas, process.env),
  ...examineFolder(process.env),
  await examinePort(process.env),
  examineFfmpeg(process.env),
  examineVoice(process.env),
  examineFonts(),
  examineZone(),
];
for (const { what, state, detail, fix } of findings) {
  process.stdout.write(`${SIGN[state]} ${what.padEnd(12)} ${detail}\n`);
  if (fix !== undefined) process.stdout.write(`  ${' '.repeat(12)} fix: ${fix}\n`);
}
const sick = findings.filter((finding) => finding.state === 'bad').length;
process.stdout.write(sick === 0 ? 'SelfOS can start.\n' : `${sick} thing${sick === 1 ? '' : 's'} to mend before SelfOS can start.\n`);
process.exit(sick === 0 ? 0 : 1);
