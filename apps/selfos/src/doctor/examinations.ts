import { ConfigError, loadConfig, type ConfigSchema, type Environment } from '@selfos/config';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openDataFolder } from '../data-folder/data-folder.js';
import { requireFreePort } from '../data-folder/ports.js';
import { findProgram } from '../start/programs.js';
import { StartFailure } from '../start-failure.js';
import { bad, good, warn, type Finding } from './finding.js';

const GIB = 1024 ** 3;
const NODE_WANTED = 24;

export function examineNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= NODE_WANTED) return good('Node', process.versions.node);
  return bad('Node', `${process.versions.node}, wanted ${NODE_WANTED}`, 'run it through npm: npm run doctor; if that is what you did, run npm ci');
}

/** The folder itself, the room on its disk, and that keys in it are nobody else's business. */
export function examineFolder(env: Environment): Finding[] {
  try {
    const home = openDataFolder(env['SELFOS_HOME']);
    return [good('data folder', `${home.path} (${home.why})`), examineDisk(home.path), ...examineKeys(home.path)];
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    return [bad('data folder', error.message, 'set SELFOS_HOME to a folder that can be used')];
  }
}

function examineDisk(path: string): Finding {
  const { bavail, bsize } = statfsSync(path);
  const free = (bavail * bsize) / GIB;
  const detail = `${free.toFixed(1)} GiB free`;
  if (free < 0.5) return bad('disk', detail, 'free some space, or set SELFOS_HOME to another disk');
  return free < 2 ? warn('disk', detail, 'films take space: free some, or set SELFOS_HOME to another disk') : good('disk', detail);
}

function examineKeys(home: string): Finding[] {
  const folder = join(home, 'keys');
  if (!existsSync(folder)) return [good('keys', 'none yet: they are made at the first start')];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const open = files.map((entry) => join(entry.parentPath, entry.name)).filter((file) => !file.endsWith('.pub') && !file.includes('public') && (statSync(file).mode & 0o077) !== 0);
  if (open.length === 0) return [good('keys', `${files.length} files, closed to others`)];
  return [bad('keys', `others may read ${open.join(', ')}`, `chmod 600 ${open.join(' ')}`)];
}

export async function examinePort(env: Environment): Promise<Finding> {
  const port = Number(env['PORT'] || 8080);
  try {
    await requireFreePort(port, env['HOST'] || '127.0.0.1');
    return good('port', `${port} is free`);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    const ours = await fetch(`http://127.0.0.1:${port}/health`).then(async (answer) => (await answer.text()).includes('gateway')).catch(() => false);
    return ours ? good('port', `${port}: SelfOS is running there`) : bad('port', `${port} is taken by another program`, `choose another one: PORT=${port + 10} npm start`);
  }
}

export function examineFfmpeg(env: Environment): Finding {
  const program = findProgram('ffmpeg', env['PATH']);
  if (program !== undefined) {
    const version = /version (\S+)/.exec(spawnSync(program, ['-version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 'of unknown version';
    return good('FFmpeg', `${version} at ${program}`);
  }
  const platform = `@ffmpeg-installer/${process.platform}-${process.arch}`;
  if (isInstalled(platform)) return warn('FFmpeg', 'the one from npm, of 2018: simpler transitions', 'install ffmpeg, e.g. apt install ffmpeg or brew install ffmpeg');
  return bad('FFmpeg', 'there is none: stories cannot become films', 'install ffmpeg, e.g. apt install ffmpeg or brew install ffmpeg');
}

export function examineVoice(env: Environment): Finding {
  if (findProgram('espeak-ng', env['PATH']) !== undefined) return good('voice', 'espeak-ng');
  return warn('voice', 'none: films have captions and music', 'install espeak-ng, e.g. apt install espeak-ng');
}

export function examineFonts(): Finding {
  const missing = ['@expo-google-fonts/fraunces', '@expo-google-fonts/inter'].filter((name) => !isInstalled(name));
  return missing.length === 0 ? good('fonts', 'Fraunces and Inter, from npm') : bad('fonts', `missing: ${missing.join(', ')}`, 'run npm ci');
}

export function examineZone(): Finding {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone ? good('time zone', zone) : warn('time zone', 'this machine names none', 'set TZ, e.g. TZ=Europe/Paris');
}

/** Every setting of every service, held against its schema. */
export function examineSettings(schemas: readonly ConfigSchema[], env: Environment): Finding {
  const problems = new Set<string>();
  for (const schema of schemas) {
    try {
      loadConfig(schema, env);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const { variable, reason } of error.problems) problems.add(`${variable} ${reason}`);
    }
  }
  if (problems.size === 0) return good('settings', 'every variable that is set can be used');
  return bad('settings', [...problems].join('; '), 'mend or unset them; .env.example lists all');
}

function isInstalled(name: string): boolean {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? [];
  return paths.some((path) => existsSync(join(path, name, 'package.json')));
}
