import { describe, expect, it } from '@jest/globals';
import { adapterLines, chosenAdapters } from './adapters-report.js';
import type { ServicePart } from './service-part.js';

const bare = { home: '/data', espeak: false, ffmpeg: false };

describe('the report of adapters', () => {
  it('names for every port the embedded part when nothing is set', () => {
    const chosen = chosenAdapters({}, bare);
    expect(chosen.find((one) => one.port === 'database')).toEqual({ port: 'database', adapter: 'PostgreSQL 18, embedded', why: 'DATABASE_URL is not set' });
    expect(chosen.find((one) => one.port === 'event bus')?.adapter).toBe('a log in PostgreSQL');
    expect(chosen.map((one) => one.port)).toEqual(expect.arrayContaining(['conversations', 'vectors', 'blobs', 'language model', 'embedder', 'voice']));
  });

  it('names the real part and the variable that chose it, never its value', () => {
    const lines = adapterLines(chosenAdapters({ REDIS_URL: 'redis://secret', MONGODB_URL: 'mongodb://secret' }, { ...bare, espeak: true })).join('\n');
    expect(lines).toMatch(/event bus +Redis Streams +REDIS_URL is set/);
    expect(lines).toMatch(/conversations +MongoDB +MONGODB_URL is set/);
    expect(lines).toMatch(/voice +espeak-ng/);
    expect(lines).not.toContain('secret');
  });

  it('names the models that may be asked, and the planner behind them', () => {
    const model = (env: Record<string, string>): unknown => chosenAdapters(env, bare).find((one) => one.port === 'language model');
    expect(model({})).toMatchObject({ adapter: 'selfos-builtin, a planner of rules' });
    expect(model({ ANTHROPIC_API_KEY: 'secret', OLLAMA_HOST: 'secret' })).toEqual({ port: 'language model', adapter: 'Claude, Ollama; selfos-builtin when they fail', why: 'ANTHROPIC_API_KEY, OLLAMA_HOST set' });
  });

  it('believes a service that speaks for itself', () => {
    const part: ServicePart = { manifest: {} as never, configSchema: {}, define: () => ({}) as never, adapters: () => [{ port: 'vectors', adapter: 'a real index', why: 'its key is set' }, { port: 'mail', adapter: 'a file', why: 'nothing else' }] };
    const chosen = chosenAdapters({}, bare, [part]);
    expect(chosen.filter((one) => one.port === 'vectors')).toEqual([{ port: 'vectors', adapter: 'a real index', why: 'its key is set' }]);
    expect(chosen.at(-1)?.port).toBe('mail');
  });
});
