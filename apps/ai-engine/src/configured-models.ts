import { join } from 'node:path';
import { AnthropicChatModel } from './adapters/anthropic/anthropic-chat-model.js';
import { GoogleChatModel } from './adapters/google/google-chat-model.js';
import { LlamaCppChatModel } from './adapters/llama-cpp/llama-cpp-chat-model.js';
import { OllamaChatModel } from './adapters/ollama/ollama-chat-model.js';
import { OpenaiChatModel } from './adapters/openai/openai-chat-model.js';
import { OpenaiTranscriber } from './adapters/openai/openai-transcriber.js';
import type { AiEngineConfig } from './ai-engine.config.js';
import { idOf } from './domain/model/catalogue.js';
import type { Transcriber } from './domain/ports/transcriber.js';
import type { ChatModel } from './domain/model/chat-model.js';

/** The models that keys and addresses were given for: the chosen one first, then Claude, GPT, Gemini, and those of one's own last. */
export function configuredModels({ models, ai, runtime }: Pick<AiEngineConfig, 'models' | 'ai' | 'runtime'>): ChatModel[] {
  const { anthropicKey, openaiKey, googleKey, ollamaHost } = models;
  const known = {
    claude: anthropicKey === undefined ? undefined : new AnthropicChatModel({ apiKey: anthropicKey, model: idOf(models.anthropicModel), baseUrl: models.anthropicUrl }),
    openai: openaiKey === undefined ? undefined : new OpenaiChatModel({ apiKey: openaiKey, model: idOf(models.openaiModel), baseUrl: models.openaiUrl }),
    gemini: googleKey === undefined ? undefined : new GoogleChatModel({ apiKey: googleKey, model: idOf(models.googleModel), baseUrl: models.googleUrl }),
    local: ollamaHost === undefined ? undefined : new OllamaChatModel({ host: ollamaHost, model: idOf(models.ollamaModel) }),
  };
  const ordered = [known[ai.provider], known.claude, known.openai, known.gemini, known.local, inProcess(models, runtime.home)];
  return [...new Set(ordered)].filter((model) => model !== undefined);
}

/** The engines that hear voice messages, one's own first. */
export function configuredTranscribers({ models }: Pick<AiEngineConfig, 'models'>): Transcriber[] {
  const { whisperUrl, openaiKey, openaiUrl } = models;
  const own = whisperUrl === undefined ? [] : [new OpenaiTranscriber({ apiKey: 'none', model: models.whisperModel, baseUrl: whisperUrl })];
  return openaiKey === undefined ? own : [...own, new OpenaiTranscriber({ apiKey: openaiKey, model: idOf(models.transcribeModel), baseUrl: openaiUrl })];
}

/** It takes the memory and the processor of this machine: the last to be asked. */
function inProcess({ llamaModel, llamaRuntime, llamaThreads, llamaContext }: AiEngineConfig['models'], home: string): LlamaCppChatModel | undefined {
  if (llamaModel === undefined) return undefined;
  return new LlamaCppChatModel({ file: llamaModel, runtime: llamaRuntime ?? join(home, 'llama'), contextTokens: llamaContext, ...(llamaThreads === undefined ? {} : { threads: llamaThreads }) });
}
