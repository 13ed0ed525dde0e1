import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { arch, platform } from 'node:process';
import { pathToFileURL } from 'node:url';
import { ModelFault } from '../../domain/model/chat-model.js';

/** What is used of node-llama-cpp, which brings llama.cpp for this platform. */
export interface LlamaRuntime {
  getLlama(options: object): Promise<Llama>;
  readonly LlamaChatSession: new (options: { readonly contextSequence: LlamaSequence; readonly systemPrompt: string }) => LlamaSession;
}

export interface Llama {
  loadModel(options: { readonly modelPath: string }): Promise<LlamaModel>;
  createGrammar(options: { readonly grammar: string }): Promise<object>;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  createContext(options: object): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface LlamaContext {
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

interface LlamaSequence {
  readonly tokenMeter: { getState(): { readonly usedInputTokens: number; readonly usedOutputTokens: number } };
}

interface LlamaSession {
  promptWithMeta(text: string, options: object): Promise<{ readonly stopReason: string }>;
}

const VERSION = '3.22.1';
const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'darwin-arm64': 'mac-arm64-metal', 'darwin-x64': 'mac-x64', 'win32-x64': 'win-x64', 'win32-arm64': 'win-arm64',
};

/** How to get it; it is not brought with SelfOS, since it is large and most people need none. */
export function howToInstall(folder: string): string {
  const name = PLATFORMS[`${platform}-${arch}`];
  if (name === undefined) return `llama.cpp has no build for ${platform} on ${arch}`;
  return `npm install --prefix ${resolve(folder)} --omit=optional --ignore-scripts node-llama-cpp@${VERSION} @node-llama-cpp/${name}@${VERSION}`;
}

/** The runtime from the folder that it was installed into. Throws ModelFault `unavailable` whose cause says how to get it. Nothing is built or downloaded. */
export async function loadRuntime(folder: string): Promise<LlamaRuntime> {
  try {
    const entry = createRequire(join(resolve(folder), 'package.json')).resolve('node-llama-cpp');
    return (await import(pathToFileURL(entry).href)) as LlamaRuntime;
  } catch (error) {
    throw new ModelFault('unavailable', undefined, { cause: new Error(`llama.cpp is not installed. To get it: ${howToInstall(folder)}`, { cause: error }) });
  }
}
