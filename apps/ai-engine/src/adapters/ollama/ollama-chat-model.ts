import { isOwnHost } from '@selfos/kernel';
import { Ollama } from 'ollama';
import { z } from 'zod';
import { brokenOff, ChatModel, type ChatPiece, type ChatRequest, faultOfStatus, ModelFault, type Place, retryAfterMs } from '../../domain/model/chat-model.js';
import { type Complaint, complaintOf } from '../../domain/model/listed.js';

interface OllamaSettings {
  /** For example http://127.0.0.1:11434. */
  readonly host: string;
  readonly model: string;
}

/** A status that its client would drop the headers of. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly retryAfter: string | null,
  ) {
    super(`status ${status}`);
  }
}

/** A model that runs on a machine of the person's own, held to the schema by constrained decoding. */
export class OllamaChatModel extends ChatModel {
  override readonly place: Place;
  override readonly name: string;

  constructor(private readonly settings: OllamaSettings) {
    super();
    this.name = `ollama/${settings.model}`;
    this.place = isOwnHost(settings.host) ? 'local' : 'cloud';
  }

  override async complaint(signal: AbortSignal): Promise<Complaint | undefined> {
    const { models } = await new Ollama({ host: this.settings.host, fetch: fetchUntil(signal) }).list();
    return complaintOf(this.settings.model, models.map(({ name }) => ({ id: name }))) === undefined ? undefined : { fault: 'not-pulled' };
  }

  override async *stream({ system, user, schema, maxTokens, signal, pictures = [] }: ChatRequest): AsyncIterable<ChatPiece> {
    const client = new Ollama({ host: this.settings.host, fetch: fetchUntil(signal) });
    try {
      const lines = await client.chat({
        model: this.settings.model, messages: [{ role: 'system', content: system }, { role: 'user', content: user, ...(pictures.length === 0 ? {} : { images: pictures.map(({ bytes }) => Buffer.from(bytes).toString('base64')) }) }], format: schema, stream: true,
        options: { num_predict: maxTokens },
      });
      let isDone = false;
      for await (const line of lines) {
        if (line.message?.content) yield { kind: 'text', text: line.message.content };
        if (!line.done) continue;
        isDone = line.done_reason !== 'length';
        yield { kind: 'usage', usage: { inputTokens: line.prompt_eval_count ?? 0, outputTokens: line.eval_count ?? 0 } };
      }
      if (!isDone) throw brokenOff(signal);
    } catch (error) {
      throw faultOf(error, signal);
    }
  }
}

/** Its client takes no signal: the fetch beneath it does. A redirect could lead off the person's machines. */
function fetchUntil(signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, signal, redirect: 'error' });
    if (!response.ok) throw new Refused(response.status, response.headers.get('retry-after'));
    return new Response(response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(readableLines()).pipeThrough(new TextEncoderStream()) ?? null, response);
  };
}

/** Its client skips a line it cannot read, and logs it: an answer with a hole must be no answer, and what people say must not be logged. */
function readableLines(): TransformStream<string, string> {
  let rest = '';
  const check = (line: string, out: TransformStreamDefaultController<string>): void => {
    if (line.trim() === '') return;
    try {
      JSON.parse(line);
      out.enqueue(`${line}\n`);
    } catch (error) {
      out.error(new ModelFault('malformed', undefined, { cause: error }));
    }
  };
  return new TransformStream({
    transform(chunk, out) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) check(line, out);
    },
    flush: (out) => {
      check(rest, out);
    },
  });
}

const errorLike = z.looseObject({ message: z.string(), status_code: z.number().optional() });

function faultOf(error: unknown, signal: AbortSignal): ModelFault {
  if (error instanceof ModelFault) return error;
  if (signal.aborted) return new ModelFault('timeout', undefined, { cause: error });
  if (error instanceof Refused) return new ModelFault(faultOfStatus(error.status), retryAfterMs(error.retryAfter), { cause: error });
  if (error instanceof SyntaxError) return new ModelFault('malformed', undefined, { cause: error });
  const { message = '' } = errorLike.safeParse(error).data ?? {};
  if (/did not receive done|terminated|ended/i.test(message)) return new ModelFault('cut', undefined, { cause: error });
  return new ModelFault('unavailable', undefined, { cause: error });
}
