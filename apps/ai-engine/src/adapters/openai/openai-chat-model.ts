import { isOwnHost } from '@selfos/kernel';
import OpenAI from 'openai';
import { z } from 'zod';
import { brokenOff, ChatModel, type ChatPiece, type ChatRequest, ModelFault, type Place } from '../../domain/model/chat-model.js';
import { type Complaint, complaintOf, type ListedModel } from '../../domain/model/listed.js';
import type { SeenPicture } from '../../domain/pictures/picture.js';
import { faultOf } from './openai-fault.js';

interface OpenaiSettings {
  readonly apiKey: string;
  readonly model: string;
  /** Where its interface is, `/v1` included; unset: the maker's. Other servers speak it too. */
  readonly baseUrl?: string | undefined;
}

const shutdown = z.looseObject({ shutdown_date: z.iso.date().nullish() });

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

  override async complaint(signal: AbortSignal): Promise<Complaint | undefined> {
    const listed: ListedModel[] = [];
    for await (const model of this.client.models.list({ signal })) listed.push({ id: model.id, until: shutdown.safeParse(model).data?.shutdown_date ?? undefined });
    return complaintOf(this.settings.model, listed);
  }

  override async *stream({ system, user, schema, maxTokens, signal, pictures = [] }: ChatRequest): AsyncIterable<ChatPiece> {
    try {
      const chunks = await this.client.chat.completions.create(
        {
          model: this.settings.model, messages: [{ role: 'system', content: system }, { role: 'user', content: pictures.length === 0 ? user : [...pictures.map(imageOf), { type: 'text', text: user }] }], max_completion_tokens: maxTokens,
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

function imageOf({ mediaType, bytes }: SeenPicture): OpenAI.ChatCompletionContentPartImage {
  return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}` } };
}

function textOf(delta: OpenAI.ChatCompletionChunk.Choice.Delta | undefined): string {
  if (delta?.refusal) throw new ModelFault('refused');
  return delta?.content ?? '';
}
