import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OpenaiTranscriber } from '../src/adapters/openai/openai-transcriber.js';
import { ModelFault } from '../src/domain/model/chat-model.js';
import type { Heard, Transcriber } from '../src/domain/ports/transcriber.js';
import { ProviderServer, type Reply } from './provider-server.js';

const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Reply => (response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
const error = (code: string | null): unknown => ({ error: { message: 'no', type: 'x', param: null, code } });
const faultOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no fault', (thrown: unknown) => thrown);

/** What every engine for speech must do, over the wire it really speaks. */
function transcriberContract(name: string, make: (url: string) => Transcriber, expected: { readonly format: string; readonly key: string }): void {
  describe(`the engine of ${name}`, () => {
    const server = new ProviderServer();
    let engine: Transcriber;
    beforeAll(async () => {
      engine = make(`${await server.start()}/v1`);
    });
    afterAll(() => server.stop());
    const hear = (signal: AbortSignal = AbortSignal.timeout(5000)): Promise<Heard> => engine.transcribe({ bytes: Buffer.from('RIFF sound'), format: 'wav', language: 'fr' }, signal);

    it('sends the file as its interface has it, once', async () => {
      server.reply = json({ text: 'Bonjour — 你好' });
      expect((await hear()).text).toBe('Bonjour — 你好');
      const seen = server.seen.at(-1);
      expect(seen?.path).toBe('/v1/audio/transcriptions');
      expect(seen?.headers).toMatchObject({ authorization: `Bearer ${expected.key}`, 'content-type': expect.stringContaining('multipart/form-data') });
      const form = String(seen?.body['raw']);
      for (const part of ['filename="recording.wav"', 'RIFF sound', 'name="model"', expected.format, 'name="language"', 'fr']) expect(form).toContain(part);
    });

    it('tells what it used and doubted, where it says so', async () => {
      server.reply = json({ text: 'a', segments: [{ id: 0, text: 'a', no_speech_prob: 0.9, avg_logprob: -2, tokens: [1] }], usage: { type: 'tokens', input_tokens: 14, output_tokens: 3, total_tokens: 17 } });
      expect(await hear()).toEqual({ text: 'a', segments: [{ text: 'a', noSpeechProb: 0.9, avgLogprob: -2 }], usage: { inputTokens: 14, outputTokens: 3 } });
    });

    it.each<readonly [string, Reply, object]>([
      ['429 with Retry-After', json(error('rate_limit_exceeded'), 429, { 'retry-after': '7' }), { kind: 'rate-limited', retryAfterMs: 7000 }],
      ['a used-up quota', json(error('insufficient_quota'), 429), { kind: 'quota' }],
      ['529', json(error(null), 529), { kind: 'unavailable' }],
      ['401', json(error(null), 401), { kind: 'auth' }],
      ['400', json(error(null), 400), { kind: 'invalid' }],
      ['200 with an error body', json(error(null)), { kind: 'malformed' }],
      ['200 with a page of a proxy', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Log in</html>'), { kind: 'malformed' }],
      ['half of its JSON', (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"text":"a'), { kind: 'malformed' }],
      ['a redirect elsewhere', (response) => void response.writeHead(302, { location: 'https://example.com/' }).end(), {}],
    ])('takes %s as what it is, and asks once', async (_case, reply, fault) => {
      const asked = server.seen.length;
      server.reply = reply;
      const thrown = await faultOf(hear());
      expect(thrown).toBeInstanceOf(ModelFault);
      expect(thrown).toMatchObject(fault);
      expect(server.seen.length).toBe(asked + 1);
    });

    it('is a fault when the line goes dead', async () => {
      server.reply = (response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"te');
        setTimeout(() => response.socket?.destroy(), 20);
      };
      expect(await faultOf(hear())).toBeInstanceOf(ModelFault);
    });

    it('stops waiting when it is told to', async () => {
      server.reply = () => undefined;
      expect(await faultOf(hear(AbortSignal.timeout(100)))).toMatchObject({ kind: 'timeout' });
    });

    it('says when nobody is there', async () => {
      const nobody = new ProviderServer();
      const url = await nobody.start();
      await nobody.stop();
      expect(await faultOf(make(`${url}/v1`).transcribe({ bytes: Buffer.from('x'), format: 'wav' }, AbortSignal.timeout(5000)))).toMatchObject({ kind: 'unavailable' });
    });
  });
}

transcriberContract('OpenAI', (baseUrl) => new OpenaiTranscriber({ apiKey: 'secret', model: 'gpt-transcribe', baseUrl }), { format: 'json', key: 'secret' });
transcriberContract('a Whisper of one’s own', (baseUrl) => new OpenaiTranscriber({ apiKey: 'none', model: 'whisper-1', baseUrl }), { format: 'verbose_json', key: 'none' });

describe('where an engine is', () => {
  it('follows from its address', () => {
    const places = ['http://127.0.0.1:8000/v1', 'https://speech.example.com/v1', undefined].map((baseUrl) => new OpenaiTranscriber({ apiKey: 'k', model: 'whisper-1', baseUrl }));
    expect(places.map(({ place, name }) => [place, name])).toEqual([['local', 'whisper/whisper-1'], ['cloud', 'openai/whisper-1'], ['cloud', 'openai/whisper-1']]);
  });
});
