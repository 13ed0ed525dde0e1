import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { ChatModel, type ChatPiece, type ChatRequest, ModelFault } from '../../domain/model/chat-model.js';
import type { Complaint } from '../../domain/model/listed.js';
import { gbnfOf } from './gbnf.js';
import { type Llama, type LlamaModel, type LlamaRuntime, loadRuntime } from './llama-runtime.js';

interface LlamaCppSettings {
  /** Path of a GGUF file. */
  readonly file: string;
  /** Where node-llama-cpp was installed. */
  readonly runtime: string;
  /** Tokens of question and answer together; more takes more memory. */
  readonly contextTokens?: number;
  /** Unset: one core fewer than there are. Its threads wait for each other spinning: with as many as cores, anything else that runs makes it crawl. */
  readonly threads?: number;
}

interface Loaded {
  readonly runtime: LlamaRuntime;
  readonly llama: Llama;
  readonly model: LlamaModel;
}

const CONTEXT_TOKENS = 8192;
const TEMPERATURE = 0.3;

/**
 * A model in this process, by llama.cpp, held to the schema by a grammar. It is loaded with the first question; one question is answered at a
 * time, each in a context that is freed with its answer. `end` frees the model.
 */
export class LlamaCppChatModel extends ChatModel {
  override readonly place = 'process';
  override readonly sees = false;
  override readonly name: string;
  private loaded: Promise<Loaded> | undefined;
  private before: Promise<unknown> = Promise.resolve();

  constructor(private readonly settings: LlamaCppSettings) {
    super();
    this.name = `llama.cpp/${basename(settings.file).replace(/\.gguf$/i, '')}`;
  }

  override async complaint(): Promise<Complaint | undefined> {
    const { file, runtime } = this.settings;
    const isFile = await checkFile(file).then(() => true, () => false);
    if (!isFile) return { fault: 'no-model-file', hint: file };
    return loadRuntime(runtime).then(() => undefined, () => ({ fault: 'not-installed' as const, hint: runtime }));
  }

  override async *stream(request: ChatRequest): AsyncIterable<ChatPiece> {
    const free = await this.turn(request.signal);
    const stop = new AbortController();
    try {
      yield* this.pieces({ ...request, signal: AbortSignal.any([request.signal, stop.signal]) }, free);
    } finally {
      stop.abort();
    }
  }

  override async end(): Promise<void> {
    const loaded = await this.loaded?.catch(() => undefined);
    this.loaded = undefined;
    await loaded?.model.dispose();
    await loaded?.llama.dispose();
  }

  /** Waits until every question before this one has its answer; resolves to what ends the turn. */
  private async turn(signal: AbortSignal): Promise<() => void> {
    const { promise: turn, resolve: free } = Promise.withResolvers<void>();
    const { before } = this;
    this.before = before.then(() => turn);
    try {
      await unlessAborted(before, signal);
      return free;
    } catch (error) {
      free();
      throw error;
    }
  }

  /** `free` is called when nothing of the answer is held any more, also when nobody listens to its end. */
  private pieces(request: ChatRequest, free: () => void): ReadableStream<ChatPiece> {
    let isHeard = true;
    const give = (out: ReadableStreamDefaultController<ChatPiece>, piece: ChatPiece): void => {
      if (isHeard) out.enqueue(piece);
    };
    return new ReadableStream<ChatPiece>({
      start: (out) => {
        void this.write(request, (piece) => {
          give(out, piece);
        })
          .then(() => {
            if (isHeard) out.close();
          })
          .catch((error: unknown) => {
            out.error(faultOf(error, request.signal));
          })
          .finally(free);
      },
      cancel: () => {
        isHeard = false;
      },
    });
  }

  private async write({ system, user, schema, maxTokens, signal }: ChatRequest, give: (piece: ChatPiece) => void): Promise<void> {
    const { runtime, llama, model } = await unlessAborted((this.loaded ??= this.load()), signal);
    const context = await model.createContext({ contextSize: { max: this.settings.contextTokens ?? CONTEXT_TOKENS }, sequences: 1 });
    try {
      const sequence = context.getSequence();
      const session = new runtime.LlamaChatSession({ contextSequence: sequence, systemPrompt: system });
      const grammar = await llama.createGrammar({ grammar: gbnfOf(schema) });
      const used = (): void => {
        const { usedInputTokens, usedOutputTokens } = sequence.tokenMeter.getState();
        give({ kind: 'usage', usage: { inputTokens: usedInputTokens, outputTokens: usedOutputTokens } });
      };
      const onTextChunk = (text: string): void => {
        if (!signal.aborted) give({ kind: 'text', text });
      };
      const { stopReason } = await session.promptWithMeta(user, { grammar, maxTokens, signal, temperature: TEMPERATURE, onTextChunk }).finally(used);
      if (stopReason === 'maxTokens') throw new ModelFault('cut');
    } finally {
      await context.dispose();
    }
  }

  /** A failed load is tried again with the next question: a file or a runtime may have come since. */
  private async load(): Promise<Loaded> {
    try {
      await checkFile(this.settings.file);
      const runtime = await loadRuntime(this.settings.runtime);
      const maxThreads = this.settings.threads ?? Math.max(1, availableParallelism() - 1);
      const llama = await runtime.getLlama({ gpu: 'auto', maxThreads, build: 'never', skipDownload: true, progressLogs: false, logLevel: 'error', logger: () => undefined });
      return { runtime, llama, model: await llama.loadModel({ modelPath: this.settings.file }) };
    } catch (error) {
      this.loaded = undefined;
      throw error;
    }
  }
}

/** It would read a file that is none again and again before it gave up. */
async function checkFile(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString() !== 'GGUF') throw new Error('LLAMA_MODEL is not a GGUF file');
  } finally {
    await file.close();
  }
}

/** The same promise, or a fault as soon as nobody waits any more. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const leave = (): void => {
    reject(new ModelFault('timeout'));
  };
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function faultOf(error: unknown, signal: AbortSignal): ModelFault {
  if (error instanceof ModelFault) return error;
  return new ModelFault(signal.aborted ? 'timeout' : 'unavailable', undefined, { cause: error });
}
