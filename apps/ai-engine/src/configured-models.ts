import { AnthropicChatModel } from './adapters/anthropic/anthropic-chat-model.js';
import { GoogleChatModel } from './adapters/google/google-chat-model.js';
import { OllamaChatModel } from './adapters/ollama/ollama-chat-model.js';
import { OpenaiChatModel } from './adapters/openai/openai-chat-model.js';
import type { AiEngineConfig } from './ai-engine.config.js';
import type { ChatModel } from './domain/model/chat-model.js';

/** Names by which these models were once known, and what answers to them now. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  'claude-3-opus': 'claude-opus-5-5', 'gpt-4': 'gpt-6-luna', gemini: 'gemini-flash-latest', 'llama-2-70b': 'llama2:70b', 'mistral-7b': 'mistral:7b', 'phi-2': 'phi:2.7b',
};
const idOf = (name: string): string => SUCCESSORS[name.toLowerCase()] ?? name;

/** The models that keys and addresses were given for: the chosen one first, then Claude, GPT, Gemini, and those of one's own last. */
export function configuredModels({ models, ai }: Pick<AiEngineConfig, 'models' | 'ai'>): ChatModel[] {
  const { anthropicKey, openaiKey, googleKey, ollamaHost } = models;
  const known = {
    claude: anthropicKey === undefined ? undefined : new AnthropicChatModel({ apiKey: anthropicKey, model: idOf(models.anthropicModel), baseUrl: models.anthropicUrl }),
    openai: openaiKey === undefined ? undefined : new OpenaiChatModel({ apiKey: openaiKey, model: idOf(models.openaiModel), baseUrl: models.openaiUrl }),
    gemini: googleKey === undefined ? undefined : new GoogleChatModel({ apiKey: googleKey, model: idOf(models.googleModel), baseUrl: models.googleUrl }),
    local: ollamaHost === undefined ? undefined : new OllamaChatModel({ host: ollamaHost, model: idOf(models.ollamaModel) }),
  };
  const ordered = [known[ai.provider], known.claude, known.openai, known.gemini, known.local];
  return [...new Set(ordered)].filter((model) => model !== undefined);
}
