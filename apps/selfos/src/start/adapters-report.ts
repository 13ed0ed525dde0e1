import type { Environment } from '@selfos/config';
import type { ChosenAdapter, ServicePart } from './service-part.js';

/** What the report needs beside the environment: programs that were found, and where things are. */
export interface Surroundings {
  readonly home: string;
  readonly espeak: boolean;
  readonly ffmpeg: boolean;
}

type Choice = (env: Environment, around: Surroundings) => ChosenAdapter;

const bySetting =
  (port: string, variable: string, choices: { readonly set: string; readonly unset: string }): Choice =>
  (env) =>
    env[variable] ? { port, adapter: choices.set, why: `${variable} is set` } : { port, adapter: choices.unset, why: `${variable} is not set` };

function eventBus(env: Environment, around: Surroundings): ChosenAdapter {
  const byRedis = bySetting('event bus', 'REDIS_URL', { set: 'Redis Streams', unset: 'a log in PostgreSQL' });
  return env['PUBSUB_PROJECT_ID'] ? { port: 'event bus', adapter: 'Google Pub/Sub', why: 'PUBSUB_PROJECT_ID is set' } : byRedis(env, around);
}

const MODELS: readonly (readonly [string, string])[] = [
  ['ANTHROPIC_API_KEY', 'Claude'],
  ['OPENAI_API_KEY', 'GPT'],
  ['GEMINI_API_KEY', 'Gemini'],
  ['OLLAMA_HOST', 'Ollama'],
];

function languageModel(env: Environment): ChosenAdapter {
  const asked = MODELS.filter(([variable]) => env[variable]);
  const port = 'language model';
  if (asked.length === 0) return { port, adapter: 'selfos-builtin, a planner of rules', why: 'no key and no address of a model is set' };
  return { port, adapter: `${asked.map(([, name]) => name).join(', ')}; selfos-builtin when they fail`, why: `${asked.map(([variable]) => variable).join(', ')} set` };
}

const CHOICES: readonly Choice[] = [
  bySetting('database', 'DATABASE_URL', { set: 'PostgreSQL at that address', unset: 'PostgreSQL 18, embedded' }),
  eventBus,
  bySetting('conversations', 'MONGODB_URL', { set: 'MongoDB', unset: 'PostgreSQL (JSONB)' }),
  () => ({ port: 'vectors', adapter: 'in process, kept in PostgreSQL', why: 'needs no key and no network' }),
  (_env, around) => ({ port: 'blobs', adapter: 'sealed files', why: `in ${around.home}/blobs` }),
  languageModel,
  () => ({ port: 'embedder', adapter: 'bundled sentence model, 512 dimensions', why: 'comes with npm' }),
  (_env, around) => (around.espeak ? { port: 'voice', adapter: 'espeak-ng', why: 'found on PATH' } : { port: 'voice', adapter: 'none: films have captions and music', why: 'espeak-ng is not on PATH' }),
  (_env, around) => (around.ffmpeg ? { port: 'film encoder', adapter: 'FFmpeg', why: 'found on PATH' } : { port: 'film encoder', adapter: 'FFmpeg from npm (2018)', why: 'no ffmpeg on PATH' }),
  (env) => ({ port: 'clock', adapter: isOn(env['SELFOS_TIME_TRAVEL']) ? 'can be moved' : 'real time', why: isOn(env['SELFOS_TIME_TRAVEL']) ? 'SELFOS_TIME_TRAVEL is on' : 'SELFOS_TIME_TRAVEL is off' }),
];

/** Every port with its adapter, from the same settings that the services read; a service that speaks for itself is believed. */
export function chosenAdapters(env: Environment, around: Surroundings, parts: readonly ServicePart[] = []): ChosenAdapter[] {
  const told = parts.flatMap((part) => part.adapters?.(env) ?? []);
  const general = CHOICES.map((choose) => choose(env, around));
  const ports = new Set([...general, ...told].map((one) => one.port));
  return [...ports].flatMap((port) => told.find((one) => one.port === port) ?? general.find((one) => one.port === port) ?? []);
}

/** The report as lines for a person, in columns. */
export function adapterLines(chosen: readonly ChosenAdapter[]): string[] {
  const width = (key: 'port' | 'adapter'): number => Math.max(...chosen.map((one) => one[key].length));
  return chosen.map((one) => `  ${one.port.padEnd(width('port'))}  ${one.adapter.padEnd(width('adapter'))}  ${one.why}`);
}

function isOn(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}
