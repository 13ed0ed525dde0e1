import OpenAI from 'openai';
import { isOwnHost } from '../../domain/model/own-host.js';
import { brokenOff, ChatModel, type ChatPiece, type ChatRequest, faultOfStatus, isHangUp, ModelFault, type Place, retryAfterMs } from '../../domain/model/chat-model.js';

interface OpenaiSettings {
  readonly apiKey: string;
  readonly model: string;
  /** Where its interface is, `/v1` included; unset: the maker's. Other servers speak it too. */
  readonly baseUrl?: string | undefined;
}

/** GPT, or any server that speaks its chat completions, held to the schema where the server can. */
export class OpenaiChatModel extends ChatModel {
  override readonly place: Place;
  override readonly name: string;
  private readonly client: OpenAI;

  constructor(private readonly settings: OpenaiSettings) {
    super();
    this.place = settings.baseUrl !== undefined && isOwnHost(settings.baseUrl) ? 'local' : 'cloud';
    this.name = `openai/${settings.model}`;
    // What its client would log holds what people say.
    this.client = new OpenAI({ apiKey: settings.apiKey, baseURL: settings.baseUrl ?? 'https://api.openai.com/v1', maxRetries: 0, logLevel: 'off' });
  }

  override async *stream({ system, user, schema, maxTokens, signal }: ChatRequest): AsyncIterable<ChatPiece> {
    try {
      const chunks = await this.client.chat.completions.create(
        {
          model: this.settings.model, messages: [{ role: 'system', content: system }, { role: 'user', content: user }], max_completion_tokens: maxTokens,
          response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: { ...schema } } }, stream: true, stream_options: { include_usage: true }, store: false,
        },
        { signal },
      );
      let stopped: string | undefined;
      for await (const { choices, usage } of chunks) {
        const [choice] = choices ?? [];
        const text = textOf(choice?.delta);
        if (text !== '') yield { kind: 'text', text };
        stopped = choice?.finish_reason ?? stopped;
        if (usage != null) yield { kind: 'usage', usage: { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } };
      }
      if (stopped === 'content_filter') throw new ModelFault('refused');
      if (stopped === undefined || stopped === 'length') throw brokenOff(signal);
    } catch (error) {
      throw faultOf(error, signal);
    }
  }
}

function textOf(delta: OpenAI.ChatCompletionChunk.Choice.Delta | undefined): string {
  if (delta?.refusal) throw new ModelFault('refused');
  return delta?.content ?? '';
}

/** Of two meanings of 429, one passes and one does not: a quota that is used up comes back with money, not with time. */
function faultOf(error: unknown, signal: AbortSignal): ModelFault {
  if (error instanceof ModelFault) return error;
  if (signal.aborted || error instanceof OpenAI.APIConnectionTimeoutError) return new ModelFault('timeout', undefined, { cause: error });
  if (error instanceof OpenAI.APIConnectionError) return new ModelFault('unavailable', undefined, { cause: error });
  if (!(error instanceof OpenAI.APIError)) return new ModelFault(isHangUp(error) ? 'cut' : 'malformed', undefined, { cause: error });
  const status = error.status as number | undefined;
  const kind = error.code === 'insufficient_quota' ? 'quota' : status === undefined ? 'unavailable' : faultOfStatus(status);
  return new ModelFault(kind, retryAfterMs((error.headers as Headers | undefined)?.get('retry-after')), { cause: error });
}
