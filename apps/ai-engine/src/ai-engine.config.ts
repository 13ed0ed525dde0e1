import { commonConfig, type ConfigOf, defineConfig, maybeText, onOff, setting } from '@selfos/config';
import { z } from 'zod';
import type { Roles } from './domain/model/catalogue.js';

const amount = z.coerce.number().min(0);
const prices = z
  .string()
  .regex(/^\s*(?:[^\s,=]+=\d+(?:\.\d+)?\/\d+(?:\.\d+)?\s*(?:,\s*|$))*$/, 'must be model=input/output pairs, separated by commas')
  .transform((text) => Object.fromEntries(text.split(',').flatMap((pair) => {
    const [, model, input, output] = /^\s*(.+)=([\d.]+)\/([\d.]+)\s*$/.exec(pair) ?? [];
    return model === undefined ? [] : [[model, { input: Number(input), output: Number(output) }]];
  })));

const roles = z
  .string()
  .regex(/^(?:(?:complex|creative|multimodal)=(?:anthropic|openai|google|ollama)(?:,|$)){0,3}$/, 'must be role=maker pairs, separated by commas')
  .transform((text): Roles => ({ complex: 'anthropic', creative: 'openai', multimodal: 'google', ...Object.fromEntries(text.split(',').filter((pair) => pair !== '').map((pair) => pair.split('='))) }));

/** This service's environment: what every service reads, and the models of language it may ask. Without a key or an address, rules answer. */
export const configSchema = defineConfig({
  ...commonConfig,
  models: {
    anthropicKey: setting('ANTHROPIC_API_KEY', maybeText, { doc: 'key of Anthropic; set, Claude may be asked' }),
    anthropicUrl: setting('ANTHROPIC_BASE_URL', z.url().optional(), { doc: "where Anthropic's interface is; unset: the maker's address" }),
    anthropicModel: setting('ANTHROPIC_MODEL', z.string(), { doc: 'which Claude: an id, or claude-3-opus for the one that took its place', fallback: 'claude-opus-5-5' }),
    openaiKey: setting('OPENAI_API_KEY', maybeText, { doc: 'key of OpenAI, or anything for a server that speaks its interface; set, it may be asked' }),
    openaiUrl: setting('OPENAI_BASE_URL', z.url().optional(), { doc: "where that interface is, /v1 included; unset: the maker's address" }),
    openaiModel: setting('OPENAI_MODEL', z.string(), { doc: 'which GPT: an id, or gpt-4 for the one that took its place', fallback: 'gpt-6-luna' }),
    googleKey: setting('GEMINI_API_KEY', maybeText, { doc: 'key of Google; set, Gemini may be asked' }),
    googleUrl: setting('GEMINI_BASE_URL', z.url().optional(), { doc: "where Google's interface is; unset: the maker's address" }),
    googleModel: setting('GEMINI_MODEL', z.string(), { doc: 'which Gemini: an id, or gemini for the newest quick one', fallback: 'gemini-flash-latest' }),
    ollamaHost: setting('OLLAMA_HOST', maybeText, { doc: 'where Ollama is, for example http://127.0.0.1:11434; set, the model there may be asked' }),
    ollamaModel: setting('OLLAMA_MODEL', z.string(), { doc: 'which model of Ollama: a tag, or llama-2-70b, mistral-7b, phi-2', fallback: 'llama3.2' }),
    llamaModel: setting('LLAMA_MODEL', maybeText, { doc: 'path of a GGUF file; set, llama.cpp runs it in this process' }),
    llamaRuntime: setting('LLAMA_RUNTIME', maybeText, { doc: 'folder that llama.cpp for Node was installed into; unset: llama under SELFOS_HOME. On Linux: npm install --prefix .selfos/llama --omit=optional --ignore-scripts node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1 (else linux-arm64, mac-arm64-metal, mac-x64, win-x64, win-arm64)' }),
    llamaThreads: setting('LLAMA_THREADS', z.coerce.number().int().min(1).optional(), { doc: 'threads of llama.cpp; unset: one fewer than there are cores' }),
    llamaContext: setting('LLAMA_CONTEXT', z.coerce.number().int().min(512), { doc: 'tokens of a question and its answer together that llama.cpp keeps room for', fallback: '8192' }),
    whisperUrl: setting('WHISPER_URL', z.url().optional(), { doc: 'a server that speaks /v1/audio/transcriptions, /v1 included, such as http://127.0.0.1:8000/v1; set, it hears voice messages first' }),
    whisperModel: setting('WHISPER_MODEL', z.string(), { doc: 'which model of that server', fallback: 'whisper-1' }),
    transcribeModel: setting('TRANSCRIBE_MODEL', z.string(), { doc: "which of OpenAI's models hears voice messages: an id, or whisper for the one that took its place", fallback: 'gpt-transcribe' }),
    ffmpeg: setting('FFMPEG', z.string(), { doc: 'the program that decodes recordings that are not WAV; without it only the engine judges them', fallback: 'ffmpeg' }),
    roles: setting('MODEL_ROLES', roles, { doc: 'which maker is asked first for what, as role=maker pairs separated by commas; roles: complex (plans), creative (stories), multimodal (pictures); makers: anthropic, openai, google, ollama', fallback: 'complex=anthropic,creative=openai,multimodal=google' }),
    privacyMode: setting('AI_PRIVACY_MODE', onOff, { doc: 'ask no model outside the machines of this installation, whoever asks', fallback: 'false' }),
    offline: setting('AI_OFFLINE', onOff, { doc: 'ask no model that needs a network: one in this process, what was answered before, or rules', fallback: 'false' }),
    firstWordSeconds: setting('AI_FIRST_WORD_TIMEOUT', z.coerce.number().min(0.1), { doc: 'seconds a model may be silent before the next one is asked', fallback: '10' }),
  },
  learning: {
    windowSeconds: setting('LEARNING_WINDOW_SECONDS', amount, { doc: 'what comes of one person within so many seconds is learned from in one go', fallback: '2' }),
  },
  budget: {
    dayTokens: setting('AI_DAY_TOKENS', amount, { doc: 'tokens that models of the cloud may use for one person in a day; 0: no limit', fallback: '0' }),
    monthTokens: setting('AI_MONTH_TOKENS', amount, { doc: 'the same in a month', fallback: '0' }),
    dayMoney: setting('AI_DAY_MONEY', amount, { doc: 'US dollars that models of the cloud may cost for one person in a day; 0: no limit', fallback: '0' }),
    monthMoney: setting('AI_MONTH_MONEY', amount, { doc: 'the same in a month', fallback: '0' }),
    prices: setting('AI_PRICES', prices, { doc: 'US dollars for a million tokens, as maker/model=input/output pairs separated by commas; a model without one counts as 15/75', fallback: '' }),
  },
});

export type AiEngineConfig = ConfigOf<typeof configSchema>;
