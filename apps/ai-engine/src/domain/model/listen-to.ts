import { type ChatModel, ModelFault } from './chat-model.js';
import { type ModelQuestion, NO_USAGE, type Usage } from './language-model.js';
import { ReplyReader } from './reply-reader.js';

const MOST_OUTPUT_TOKENS = 4096;

export interface Listened {
  readonly text: string;
  readonly usage: Usage;
  /** Why the answer is not whole. */
  readonly fault?: ModelFault;
}

/**
 * Hears a model's answer to its end, giving the words of its reply on as they come. It may be silent for `silenceMs` at a time. Never throws.
 * A repair is not given on: what was wrong before is said again as a whole.
 */
export async function listenTo(model: ChatModel, question: ModelQuestion, silenceMs: number): Promise<Listened> {
  const silence = new Silence(silenceMs);
  const reader = new ReplyReader();
  const live = question.faults.length === 0 ? question.live : undefined;
  let text = '';
  let usage = NO_USAGE;
  try {
    for await (const piece of model.stream(requestOf(question, AbortSignal.any([question.signal, silence.signal])))) {
      silence.broken();
      if (piece.kind === 'usage') usage = piece.usage;
      else text += piece.text;
      if (piece.kind === 'text' && !reader.isOver) live?.add(reader.read(piece.text));
      if (reader.isOver) live?.close();
    }
    return { text, usage };
  } catch (error) {
    return { text, usage, fault: error instanceof ModelFault ? error : new ModelFault('malformed', undefined, { cause: error }) };
  } finally {
    silence.end();
  }
}

function requestOf({ system, user, schema, faults, input, pictures, wishes }: ModelQuestion, signal: AbortSignal): Parameters<ChatModel['stream']>[0] {
  const repair = faults.length === 0 ? '' : `\nYour last answer could not be used. What was wrong:\n${faults.join('\n')}`;
  const held = `Answer with one JSON object that follows this JSON Schema, and nothing else: ${JSON.stringify(schema)}`;
  return { system: `${system}\n${held}`, user: `${user}${repair}`, schema, maxTokens: MOST_OUTPUT_TOKENS, operation: input.operation, limits: wishes, pictures, signal };
}

/** Aborts when nothing was heard for some time. */
class Silence {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;

  constructor(private readonly ms: number) {
    this.timer = this.start();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  broken(): void {
    this.timer.refresh();
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private start(): NodeJS.Timeout {
    return setTimeout(() => {
      this.controller.abort();
    }, this.ms);
  }
}
