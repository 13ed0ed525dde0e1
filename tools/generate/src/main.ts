import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadServices } from '../../manifests/src/services.ts';
import { withDependencies } from './dependencies-table.ts';
import { envExampleFile } from './env-example.ts';
import { errorsDocument } from './errors-document.ts';
import { eventsDocument } from './events-document.ts';
import { metadataDocument } from './metadata-document.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const checkOnly = process.argv.includes('--check');
const services = await loadServices();
const files: Readonly<Record<string, string>> = {
  'docs/errors.md': await errorsDocument(),
  'docs/events.md': eventsDocument(services.map((service) => service.manifest)),
  'docs/metadata.md': metadataDocument(),
  'docs/reliability.md': withDependencies(readFileSync(`${ROOT}docs/reliability.md`, 'utf8'), services),
  '.env.example': envExampleFile(services),
};
const stale = Object.entries(files).filter(([path, content]) => !existsSync(ROOT + path) || readFileSync(ROOT + path, 'utf8') !== content);
for (const [path, content] of stale) {
  if (!checkOnly) writeFileSync(ROOT + path, content);
  console.log(checkOnly ? `${path} is out of date: run npm run generate` : `wrote ${path}`);
}
process.exit(checkOnly && stale.length > 0 ? 1 : 0);
