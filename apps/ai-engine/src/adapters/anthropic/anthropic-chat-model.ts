import Anthropic from '@anthropic-ai/sdk';
import { brokenOff, ChatModel, type ChatPiece, type ChatRequest, faultOfStatus, isHangUp, ModelFault, retryAfterMs } from '../../domain/model/chat-model.js';
import { type Complaint, complaintOf, type ListedModel } from '../../domain/model/listed.js';
import type { SeenPicture } from '../../domain/pictures/picture.js';

interface AnthropicSettings {
  readonly apiKey: string;
  readonly model: string;
  /** Where its interface is; unset: the maker's. */
  readonly baseUrl?: string | undefined;
}

/** Claude, over the Messages interface, held to the schema by constrained decoding. */
export class AnthropicChatModel extends ChatModel {
  override readonly place = 'cloud';
  override readonly name: string;
  private readonly client: Anthropic;

  constructor(private readonly settings: AnthropicSettings) {
    super();
    this.name = `anthropic/${settings.model}`;
    // What its client would log holds what people say.
    this.client = new Anthropic({ apiKey: settings.apiKey, baseURL: settings.baseUrl ?? 'https://api.anthropic.com', maxRetries: 0, logLevel: 'off' });
  }

  override async complaint(signal: AbortSignal): Promise<Complaint | undefined> {
    const listed: ListedModel[] = [];
    for await (const { id } of this.client.models.list({ limit: 1000 }, { signal })) listed.push({ id });
    return complaintOf(this.settings.model, listed);
  }

  override async *stream({ system, user, schema, maxTokens, signal, pictures = [] }: ChatRequest): AsyncIterable<ChatPiece> {
    try {
      const events = await this.client.messages.create(
        {
          model: this.settings.model, max_tokens: maxTokens, system, messages: [{ role: 'user', content: [...pictures.map(imageOf), { type: 'text', text: user }] }], stream: true,
          output_config: { format: { type: 'json_schema', schema: { ...schema } } },
        },
        { signal },
      );
      let stopped: string | undefined;
      let inputTokens = 0;
      for await (const event of events) {
        if (event.type === 'message_start') inputTokens = event.message.usage.input_tokens;
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') yield { kind: 'text', text: event.delta.text };
        if (event.type === 'message_delta') {
          stopped = event.delta.stop_reason ?? stopped;
          yield { kind: 'usage', usage: { inputTokens, outputTokens: event.usage.output_tokens } };
        }
      }
      if (stopped === 'refusal') throw new ModelFault('refused');
      if (stopped === undefined || stopped === 'max_tokens' || stopped === 'model_context_window_exceeded') throw brokenOff(signal);
    } catch (error) {
      throw faultOf(error, signal);
    }
  }
}

function imageOf({ mediaType, bytes }: SeenPicture): Anthropic.ImageBlockParam {
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: Buffer.from(bytes).toString('base64') } };
}

function faultOf(error: unknown, signal: AbortSignal): ModelFault {
  if (error instanceof ModelFault) return error;
  if (signal.aborted || error instanceof Anthropic.APIConnectionTimeoutError) return new ModelFault('timeout', undefined, { cause: error });
  if (error instanceof Anthropic.APIConnectionError) return new ModelFault('unavailable', undefined, { cause: error });
  if (!(error instanceof Anthropic.APIError)) return new ModelFault(isHangUp(error) ? 'cut' : 'malformed', undefined, { cause: error });
  const status = error.status as number | undefined;
  const kind = status === undefined ? 'unavailable' : faultOfStatus(status);
  return new ModelFault(kind, retryAfterMs((error.headers as Headers | undefined)?.get('retry-after')), { cause: error });
}
