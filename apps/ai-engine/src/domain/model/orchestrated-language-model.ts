import { Asker } from '../ports/asker.js';
import { Budget, type BudgetState } from '../ports/budget.js';
import { AnswerCache } from './answer-cache.js';
import { Breaker } from './breaker.js';
import { ChatModel, ModelFault } from './chat-model.js';
import { LanguageModel, type ModelAnswer, type ModelQuestion, NO_USAGE, type Usage } from './language-model.js';
import { readJson } from './read-json.js';
import { courseOf, type Course } from './strategy.js';

export interface Orchestration {
  /** In the order in which they are to be asked. */
  readonly models: readonly ChatModel[];
  /** Answers when none of them does. */
  readonly rules: LanguageModel;
  readonly asker: Asker;
  readonly budget: Budget;
  readonly cache: AnswerCache;
  readonly privacyMode: boolean;
  readonly offline: boolean;
  /** How long a model may be silent before the next one is asked. */
  readonly firstWordMs: number;
}

const MOST_OUTPUT_TOKENS = 4096;
const NEAR_THE_CAP = 'Four fifths of your budget for language models are used.';
const CAP_REACHED = 'Your budget for language models is used up, so nothing that costs was asked.';

interface Attempt {
  readonly text: string;
  readonly usage: Usage;
}

/**
 * Several models behind one: chooses by tier, privacy and budget, goes on to the next when one fails, and in the end answers from what was
 * answered before or by rules. What a person sees is always one whole answer: no word of a failed attempt is ever shown.
 */
export class OrchestratedLanguageModel extends LanguageModel {
  private readonly breakers: ReadonlyMap<ChatModel, Breaker>;

  constructor(private readonly parts: Orchestration) {
    super();
    this.breakers = new Map(parts.models.map((model) => [model, new Breaker()]));
  }

  override get name(): string {
    return this.parts.models[0]?.name ?? this.parts.rules.name;
  }

  override async structured(question: ModelQuestion): Promise<ModelAnswer> {
    const { asker, privacyMode, offline } = this.parts;
    const { tier, userId } = asker.current();
    const budget = await this.budgetOf(userId);
    const course = courseOf({ tier, privacyMode, offline, budget, operation: question.input.operation }, this.parts.models);
    const notice = budget === 'near' ? NEAR_THE_CAP : budget === 'reached' && course.strategy !== 'privacy' ? CAP_REACHED : undefined;
    const { answer, reasons } = await this.firstOf(course, question, userId);
    const found = answer ?? (await this.last(course, question, { userId, reasons }));
    return notice === undefined || found.by === undefined ? found : { ...found, by: { ...found.by, notice } };
  }

  /** A ledger that cannot be read must not make a cap vanish. */
  private async budgetOf(userId: AskedBy): Promise<BudgetState> {
    try {
      return userId === undefined ? 'free' : await this.parts.budget.stateOf(userId);
    } catch {
      return 'reached';
    }
  }

  private async firstOf(course: Course, question: ModelQuestion, userId: AskedBy): Promise<{ answer?: ModelAnswer; reasons: readonly string[] }> {
    const reasons: string[] = [];
    for (const model of course.models) {
      const breaker = this.breakers.get(model);
      if (question.signal.aborted) break;
      const attempt = breaker?.isOpen === true ? 'resting' : await this.attempt(model, question);
      if (attempt instanceof ModelFault) breaker?.failed(attempt);
      if (attempt === 'resting' || attempt instanceof ModelFault) {
        reasons.push(`${model.name}: ${attempt === 'resting' ? attempt : attempt.kind}`);
        continue;
      }
      breaker?.succeeded();
      const value = readJson(attempt.text);
      if (userId !== undefined && value !== undefined) this.parts.cache.keep(userId, question, value);
      const fallback = reasons.length === 0 ? {} : { fallback: reasons.join(', ') };
      return { answer: { value, usage: attempt.usage, by: { model: model.name, strategy: course.strategy, ...fallback } }, reasons };
    }
    return { reasons };
  }

  /** What the same person was answered to the same question, else the rules. */
  private async last({ strategy }: Course, question: ModelQuestion, { userId, reasons }: { userId: AskedBy; reasons: readonly string[] }): Promise<ModelAnswer> {
    const fallback = reasons.length === 0 ? {} : { fallback: reasons.join(', ') };
    const known = userId === undefined || strategy === 'privacy' || question.faults.length > 0 ? undefined : this.parts.cache.find(userId, question);
    if (known !== undefined) return { value: known, usage: NO_USAGE, by: { model: 'cached', strategy: 'offline', ...fallback } };
    const { value, usage } = await this.parts.rules.structured(question);
    return { value, usage, by: { model: this.parts.rules.name, strategy, ...fallback } };
  }

  private async attempt(model: ChatModel, question: ModelQuestion): Promise<Attempt | ModelFault> {
    const silence = new AbortController();
    const timer = setTimeout(() => {
      silence.abort();
    }, this.parts.firstWordMs);
    try {
      return await this.listen(model, question, { signal: AbortSignal.any([question.signal, silence.signal]), heard: () => {
        clearTimeout(timer);
      } });
    } catch (error) {
      return error instanceof ModelFault ? error : new ModelFault('malformed', undefined, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  private async listen(model: ChatModel, { system, user, schema, faults }: ModelQuestion, { signal, heard }: { signal: AbortSignal; heard: () => void }): Promise<Attempt> {
    const repair = faults.length === 0 ? '' : `\nYour last answer could not be used. What was wrong:\n${faults.join('\n')}`;
    const held = `Answer with one JSON object that follows this JSON Schema, and nothing else: ${JSON.stringify(schema)}`;
    let text = '';
    let usage = NO_USAGE;
    for await (const piece of model.stream({ system: `${system}\n${held}`, user: `${user}${repair}`, schema, maxTokens: MOST_OUTPUT_TOKENS, signal })) {
      heard();
      if (piece.kind === 'text') text += piece.text;
      else usage = piece.usage;
    }
    return { text, usage };
  }
}

type AskedBy = ReturnType<Asker['current']>['userId'];
