import type { Metrics } from '@selfos/observability';
import { ChatModel, type ChatPiece, type ChatRequest, ModelFault, UNUSED_FAULTS } from '../../domain/model/chat-model.js';
import { countedUsage, tokensIn } from '../../domain/model/estimate.js';
import type { Complaint } from '../../domain/model/listed.js';
import { NO_USAGE, type Usage } from '../../domain/model/language-model.js';
import type { Charge } from '../../domain/ports/charges.js';
import { type ChargedTo, openCharge } from './open-charge.js';

interface ChargedParts extends ChargedTo {
  readonly metrics: Pick<Metrics, 'aiTokens'>;
}

/** About what the makers take for a picture of the size that is shown. */
const TOKENS_A_PICTURE = 1500;

/** What was heard of an answer. */
interface Heard {
  text: string;
  usage: Usage | undefined;
}

/**
 * Another model, each of whose calls is entered before it is made and settled with what it used, however it ends: whole, broken off, or left.
 * What its maker did not count is counted by length and marked as such. A model of the cloud is not asked when its call cannot be entered.
 */
export class ChargedChatModel extends ChatModel {
  override readonly name: string;
  override readonly place: ChatModel['place'];
  override readonly sees: boolean;

  constructor(
    private readonly model: ChatModel,
    private readonly parts: ChargedParts,
  ) {
    super();
    this.name = model.name;
    this.place = model.place;
    this.sees = model.sees;
  }

  override complaint(signal: AbortSignal): Promise<Complaint | undefined> {
    return this.model.complaint(signal);
  }

  override end(): Promise<void> {
    return this.model.end();
  }

  override async *stream(request: ChatRequest): AsyncIterable<ChatPiece> {
    const charge = await this.open(request);
    const heard: Heard = { text: '', usage: undefined };
    let used: Usage | undefined;
    try {
      for await (const piece of this.model.stream(request)) {
        const sane = piece.kind === 'text' ? piece : sanePiece(piece.usage);
        if (sane?.kind === 'text') heard.text += sane.text;
        else heard.usage = sane?.usage ?? heard.usage;
        if (sane !== undefined) yield sane;
      }
      used = usageOf(request, heard);
    } catch (error) {
      used = error instanceof ModelFault && UNUSED_FAULTS.includes(error.kind) && heard.text === '' && heard.usage === undefined ? NO_USAGE : usageOf(request, heard, true);
      yield { kind: 'usage', usage: used };
      throw error;
    } finally {
      // Left in the middle by whoever listened, it comes here at once.
      await this.settle(charge, request, used ?? usageOf(request, heard, true));
    }
    if (used.isEstimated === true) yield { kind: 'usage', usage: used };
  }

  private open({ system, user, maxTokens, operation, limits, pictures = [] }: ChatRequest): Promise<Charge | undefined> {
    const expected: Usage = { inputTokens: tokensIn(system, user) + pictures.length * TOKENS_A_PICTURE, outputTokens: maxTokens, isEstimated: true };
    return openCharge(this.parts, this.place, { model: this.name, operation, limits, expected });
  }

  /** What cannot be settled keeps counting with what was expected. */
  private async settle(charge: Charge | undefined, { operation }: ChatRequest, usage: Usage): Promise<void> {
    this.parts.metrics.aiTokens.inc({ model: this.name, operation }, usage.inputTokens + usage.outputTokens);
    await charge?.settle(usage).catch(() => undefined);
  }
}

function sanePiece(told: Usage): { readonly kind: 'usage'; readonly usage: Usage } | undefined {
  const usage = countedUsage(told);
  return usage === undefined ? undefined : { kind: 'usage', usage };
}

/** What the maker counted; where it counted nothing, or stopped counting before the end, at least what the texts amount to. */
function usageOf({ system, user, pictures = [] }: ChatRequest, { text, usage }: Heard, isCut = false): Usage {
  const ours = { inputTokens: tokensIn(system, user) + pictures.length * TOKENS_A_PICTURE, outputTokens: tokensIn(text) };
  if (usage === undefined) return { ...ours, isEstimated: true };
  return !isCut || usage.outputTokens >= ours.outputTokens ? usage : { inputTokens: usage.inputTokens, outputTokens: ours.outputTokens, isEstimated: true };
}
