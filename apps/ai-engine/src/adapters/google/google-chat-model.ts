import { ApiError, FinishReason, GoogleGenAI, type GenerateContentResponse } from '@google/genai';
import { z } from 'zod';
import { brokenOff, ChatModel, type ChatPiece, type ChatRequest, faultOfStatus, isHangUp, ModelFault } from '../../domain/model/chat-model.js';
import { type Complaint, complaintOf, type ListedModel } from '../../domain/model/listed.js';

interface GoogleSettings {
  readonly apiKey: string;
  readonly model: string;
  /** Where its interface is; unset: the maker's. */
  readonly baseUrl?: string | undefined;
}

/** Its client would bring a connection pool of its own, which only runs where the global one does. */
const plainFetch: typeof fetch = (input, init) => {
  const plain = { ...init };
  Reflect.deleteProperty(plain, 'dispatcher');
  return fetch(input, plain);
};

const REFUSALS: readonly string[] = [FinishReason.SAFETY, FinishReason.RECITATION, FinishReason.BLOCKLIST, FinishReason.PROHIBITED_CONTENT, FinishReason.SPII];

/** Gemini, over the Generative Language interface, held to the schema by constrained decoding. */
export class GoogleChatModel extends ChatModel {
  override readonly place = 'cloud';
  override readonly name: string;
  private readonly client: GoogleGenAI;

  constructor(private readonly settings: GoogleSettings) {
    super();
    this.name = `google/${settings.model}`;
    this.client = new GoogleGenAI({ apiKey: settings.apiKey, vertexai: false, httpOptions: { apiVersion: 'v1beta', baseUrl: settings.baseUrl ?? 'https://generativelanguage.googleapis.com', fetch: plainFetch } });
  }

  override async complaint(signal: AbortSignal): Promise<Complaint | undefined> {
    const listed: ListedModel[] = [];
    for await (const { name = '' } of await this.client.models.list({ config: { abortSignal: signal, pageSize: 1000 } })) listed.push({ id: name.replace(/^models\//, '') });
    return complaintOf(this.settings.model, listed);
  }

  override async *stream({ system, user, schema, maxTokens, signal, pictures = [] }: ChatRequest): AsyncIterable<ChatPiece> {
    try {
      const chunks = await this.client.models.generateContentStream({
        model: this.settings.model, contents: [{ role: 'user', parts: [...pictures.map(({ mediaType: mimeType, bytes }) => ({ inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') } })), { text: user }] }],
        config: { systemInstruction: system, responseMimeType: 'application/json', responseJsonSchema: schema, maxOutputTokens: maxTokens, abortSignal: signal },
      });
      let stopped: string | undefined;
      for await (const chunk of chunks) {
        stopped = stopOf(chunk) ?? stopped;
        const text = (chunk.candidates?.[0]?.content?.parts ?? []).filter(({ thought }) => thought !== true).map((part) => part.text ?? '').join('');
        if (text !== '') yield { kind: 'text', text };
        const { promptTokenCount, candidatesTokenCount } = chunk.usageMetadata ?? {};
        if (promptTokenCount !== undefined) yield { kind: 'usage', usage: { inputTokens: promptTokenCount, outputTokens: candidatesTokenCount ?? 0 } };
      }
      if (stopped === undefined || stopped === 'MAX_TOKENS') throw brokenOff(signal);
    } catch (error) {
      throw faultOf(error, signal);
    }
  }
}

function stopOf({ candidates, promptFeedback }: GenerateContentResponse): string | undefined {
  const stopped = candidates?.[0]?.finishReason;
  if (promptFeedback?.blockReason !== undefined || REFUSALS.includes(stopped ?? '')) throw new ModelFault('refused');
  return stopped;
}

const errorBody = z.object({ error: z.object({ details: z.array(z.looseObject({ retryDelay: z.string().optional() })).optional() }) });

/** It says how long to wait in the body ("7s"), which its client hands on as text. */
function retryDelayOf(message: string): number | undefined {
  const start = message.indexOf('{');
  try {
    const { error } = errorBody.parse(JSON.parse(message.slice(Math.max(0, start))));
    const delay = error.details?.map(({ retryDelay }) => /^(\d+(?:\.\d+)?)s$/.exec(retryDelay ?? '')?.[1]).find((seconds) => seconds !== undefined);
    return delay === undefined ? undefined : Number(delay) * 1000;
  } catch {
    return undefined;
  }
}

function faultOf(error: unknown, signal: AbortSignal): ModelFault {
  if (error instanceof ModelFault) return error;
  if (signal.aborted) return new ModelFault('timeout', undefined, { cause: error });
  if (error instanceof ApiError) return new ModelFault(faultOfStatus(error.status), retryDelayOf(error.message), { cause: error });
  if (isHangUp(error)) return new ModelFault('cut', undefined, { cause: error });
  const isNetwork = error instanceof TypeError || /fetch failed|network|ECONN/i.test(String(error));
  return new ModelFault(isNetwork ? 'unavailable' : 'malformed', undefined, { cause: error });
}
