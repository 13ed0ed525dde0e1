import { AnthropicChatModel } from '../src/adapters/anthropic/anthropic-chat-model.js';
import { GoogleChatModel } from '../src/adapters/google/google-chat-model.js';
import { OllamaChatModel } from '../src/adapters/ollama/ollama-chat-model.js';
import { OpenaiChatModel } from '../src/adapters/openai/openai-chat-model.js';
import { chatModelContract } from './chat-models.contract.js';
import { claudeWire, geminiWire, gptWire, ollamaWire } from './provider-server.js';

type Deep = Record<string, Record<string, Record<string, unknown>>>;

chatModelContract({
  name: 'Anthropic', wire: claudeWire,
  make: (baseUrl) => new AnthropicChatModel({ apiKey: 'secret', model: 'm', baseUrl }),
  sent: { path: /^\/v1\/messages$/, headers: { authorization: 'Bearer secret', 'anthropic-version': '2026-10-21' }, schemaAt: (body) => (body as Deep)['output_config']?.['format']?.['schema'] },
});

chatModelContract({
  name: 'OpenAI', wire: gptWire,
  make: (url) => new OpenaiChatModel({ apiKey: 'secret', model: 'm', baseUrl: `${url}/v1` }),
  sent: { path: /^\/v1\/chat\/completions$/, headers: { authorization: 'Bearer secret' }, schemaAt: (body) => (body as Deep)['response_format']?.['json_schema']?.['schema'] },
});

chatModelContract({
  name: 'Google', wire: geminiWire,
  make: (baseUrl) => new GoogleChatModel({ apiKey: 'secret', model: 'm', baseUrl }),
  sent: { path: /^\/v1beta\/models\/m:streamGenerateContent\?alt=sse$/, headers: { 'x-goog-api-key': 'secret' }, schemaAt: (body) => (body as Deep)['generationConfig']?.['responseJsonSchema'] },
});

chatModelContract({
  name: 'Ollama', wire: ollamaWire,
  make: (host) => new OllamaChatModel({ host, model: 'm' }),
  sent: { path: /^\/api\/chat$/, headers: {}, schemaAt: (body) => body['format'] },
});
