import { isOwnHost } from '@selfos/kernel';
import OpenAI, { toFile } from 'openai';
import { z } from 'zod';
import { ModelFault, type Place } from '../../domain/model/chat-model.js';
import { type Heard, Transcriber } from '../../domain/ports/transcriber.js';
import type { Recording } from '../../domain/voice/recording.js';
import { faultOf } from './openai-fault.js';

interface TranscriberSettings {
  readonly apiKey: string;
  readonly model: string;
  /** Where its interface is, `/v1` included; unset: the maker's. */
  readonly baseUrl?: string | undefined;
}

/** Only Whisper tells its doubts; newer models refuse the format that holds them. */
const TELLS_DOUBTS = /whisper/i;

const answer = z.object({
  text: z.string().max(100_000),
  segments: z.array(z.object({ text: z.string(), no_speech_prob: z.number(), avg_logprob: z.number() })).max(10_000).optional(),
  usage: z.object({ input_tokens: z.number().optional(), output_tokens: z.number().optional() }).optional(),
});

/** Whisper and its successors, at the maker's or on any server that speaks `/v1/audio/transcriptions`. */
export class OpenaiTranscriber extends Transcriber {
  override readonly name: string;
  override readonly place: Place;
  private readonly client: OpenAI;

  constructor(private readonly settings: TranscriberSettings) {
    super();
    this.place = settings.baseUrl !== undefined && isOwnHost(settings.baseUrl) ? 'local' : 'cloud';
    this.name = `${this.place === 'local' ? 'whisper' : 'openai'}/${settings.model}`;
    // What its client would log holds what people say. A redirect could lead off the person's machines.
    this.client = new OpenAI({ apiKey: settings.apiKey, baseURL: settings.baseUrl ?? 'https://api.openai.com/v1', maxRetries: 0, logLevel: 'off', fetchOptions: { redirect: 'error' } });
  }

  override async transcribe({ bytes, format, language }: Recording, signal: AbortSignal): Promise<Heard> {
    try {
      const file = await toFile(bytes, `recording.${format}`);
      const shape = TELLS_DOUBTS.test(this.settings.model) ? 'verbose_json' : 'json';
      const said: unknown = await this.client.audio.transcriptions.create({ file, model: this.settings.model, response_format: shape, ...(language === undefined ? {} : { language }) }, { signal });
      return heardIn(said);
    } catch (error) {
      throw faultOf(error, signal);
    }
  }
}

function heardIn(said: unknown): Heard {
  const { data, success, error } = answer.safeParse(said);
  if (!success) throw new ModelFault('malformed', undefined, { cause: error });
  const segments = data.segments?.map(({ text, no_speech_prob: noSpeechProb, avg_logprob: avgLogprob }) => ({ text, noSpeechProb, avgLogprob }));
  const { input_tokens: inputTokens, output_tokens: outputTokens } = data.usage ?? {};
  return { text: data.text, segments, ...(inputTokens === undefined ? {} : { usage: { inputTokens, outputTokens: outputTokens ?? 0 } }) };
}
