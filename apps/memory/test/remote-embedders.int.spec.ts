import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OllamaEmbedder } from '../src/adapters/ollama/ollama-embedder.js';
import { OpenAiEmbedder } from '../src/adapters/openai/openai-embedder.js';
import { embedderContract } from './embedder.contract.js';
import { type Asked, ProtocolServer, type Reply } from './protocol-server.js';

const TIMEOUT_MS = 10_000;

/** Some direction for each text; the zero vector for none. */
function vectorOf(text: string, dimensions: number): number[] {
  const seed = [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0) * 31, text.length);
  return Array.from({ length: dimensions }, (_, index) => (text === '' ? 0 : Math.round(1_000 * Math.sin((index + 1) * seed)) / 1_000));
}

const inputs = ({ body }: Asked): string[] => body['input'] as string[];

describe('OpenAI’s embeddings over their protocol', () => {
  let server: ProtocolServer;
  let embedder: OpenAiEmbedder;
  const embedderWithin = (timeoutMs: number): OpenAiEmbedder => new OpenAiEmbedder({ apiKey: 'sk-test', baseUrl: `${server.url}/v1`, timeoutMs });
  const answer = (asked: Asked): Reply => {
    const dimensions = Number(asked.body['dimensions'] ?? 3_072);
    const data = inputs(asked).map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text, dimensions) }));
    return { status: 200, body: { object: 'list', data: data.reverse(), model: asked.body['model'], usage: { prompt_tokens: 1, total_tokens: 1 } } };
  };
  beforeAll(async () => {
    server = await ProtocolServer.start(answer);
  });
  beforeEach(() => {
    embedder = embedderWithin(TIMEOUT_MS);
  });
  afterAll(() => server.stop());

  embedderContract(() => ({ embedder, embedderWithin, server, shorter: { status: 200, body: { object: 'list', data: [{ index: 0, embedding: [1, 0] }] } } }));

  it('asks for 1,536 dimensions of the large model, with the key', async () => {
    await embedder.embed(['tea']);
    const { method, path, headers, body } = server.asked.at(-1) as Asked;
    expect({ method, path, key: headers.authorization }).toEqual({ method: 'POST', path: '/v1/embeddings', key: 'Bearer sk-test' });
    expect(body).toMatchObject({ model: 'text-embedding-3-large', input: ['tea'], dimensions: 1_536, encoding_format: 'float' });
  });
});

describe('Ollama’s embeddings over their protocol', () => {
  let server: ProtocolServer;
  let embedder: OllamaEmbedder;
  const embedderWithin = (timeoutMs: number): OllamaEmbedder => new OllamaEmbedder({ host: server.url, timeoutMs });
  beforeAll(async () => {
    server = await ProtocolServer.start((asked) => ({ status: 200, body: { model: asked.body['model'], embeddings: inputs(asked).map((text) => vectorOf(text, 768)), total_duration: 1, load_duration: 1, prompt_eval_count: 1 } }));
  });
  beforeEach(() => {
    embedder = embedderWithin(TIMEOUT_MS);
  });
  afterAll(() => server.stop());

  embedderContract(() => ({ embedder, embedderWithin, server, shorter: { status: 200, body: { embeddings: [[1, 0]] } } }));

  it('asks the model that was pulled', async () => {
    await embedder.embed(['tea']);
    const { method, path, body } = server.asked.at(-1) as Asked;
    expect({ method, path }).toEqual({ method: 'POST', path: '/api/embed' });
    expect(body).toMatchObject({ model: 'nomic-embed-text', input: ['tea'] });
  });
});
