import { commonConfig, describeConfig, type SettingDescription } from '@selfos/config';
import type { ServiceFacts } from '../../manifests/src/services.ts';

const HEADER = `# Made by \`npm run generate\` from the services' configuration schemas. Nothing here has to be set: \`npm start\` needs no
# environment at all. Copy the lines that you want to change into your environment.
`;

/** .env.example: every setting of every service, once, with its default. */
export function envExampleFile(services: readonly ServiceFacts[]): string {
  const common = describeConfig(commonConfig);
  const known = new Set(common.map((one) => one.variable));
  const blocks = [block('every service', common)];
  for (const { manifest, configSchema } of services) {
    const own = describeConfig(configSchema).filter((one) => !known.has(one.variable));
    own.forEach((one) => known.add(one.variable));
    if (own.length > 0) blocks.push(block(manifest.name, own));
  }
  return `${HEADER}\n${blocks.join('\n')}`;
}

function block(title: string, settings: readonly SettingDescription[]): string {
  const lines = settings.map((one) => `# ${one.doc}${one.required ? ' (required)' : ''}\n# ${one.variable}=${one.fallback}\n`);
  return `## ${title}\n\n${lines.join('\n')}`;
}
