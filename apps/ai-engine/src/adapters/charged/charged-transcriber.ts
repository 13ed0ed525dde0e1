import type { Metrics } from '@selfos/observability';
import { ModelFault, UNUSED_FAULTS } from '../../domain/model/chat-model.js';
import { countedUsage, tokensIn } from '../../domain/model/estimate.js';
import { NO_USAGE, type Usage } from '../../domain/model/language-model.js';
import { type Heard, Transcriber } from '../../domain/ports/transcriber.js';
import type { Recording } from '../../domain/voice/recording.js';
import { type ChargedTo, openCharge } from './open-charge.js';

interface ChargedParts extends ChargedTo {
  readonly metrics: Pick<Metrics, 'aiTokens'>;
}

const OPERATION = 'transcribe';
/** Of compressed speech, as telephones and browsers record it. */
const BYTES_PER_SECOND = 4000;
/** Of the makers' prices for sound. */
const TOKENS_PER_SECOND = 10;

/** Another engine, each of whose calls is entered before it is made and settled however it ends. */
export class ChargedTranscriber extends Transcriber {
  override readonly name: string;
  override readonly place: Transcriber['place'];

  constructor(
    private readonly engine: Transcriber,
    private readonly parts: ChargedParts,
  ) {
    super();
    this.name = engine.name;
    this.place = engine.place;
  }

  override async transcribe(recording: Recording, signal: AbortSignal): Promise<Heard> {
    const expected: Usage = { inputTokens: Math.ceil((recording.bytes.length / BYTES_PER_SECOND) * TOKENS_PER_SECOND), outputTokens: Math.ceil((recording.bytes.length / BYTES_PER_SECOND) * 4), isEstimated: true };
    const charge = await openCharge(this.parts, this.place, { model: this.name, operation: OPERATION, expected });
    let used = expected;
    try {
      const heard = await this.engine.transcribe(recording, signal);
      used = (heard.usage === undefined ? undefined : countedUsage(heard.usage)) ?? { ...expected, outputTokens: tokensIn(heard.text) };
      return heard;
    } catch (error) {
      if (error instanceof ModelFault && UNUSED_FAULTS.includes(error.kind)) used = NO_USAGE;
      throw error;
    } finally {
      this.parts.metrics.aiTokens.inc({ model: this.name, operation: OPERATION }, used.inputTokens + used.outputTokens);
      await charge?.settle(used).catch(() => undefined);
    }
  }
}
