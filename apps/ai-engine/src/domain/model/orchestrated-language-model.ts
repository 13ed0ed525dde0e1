import type { Asker } from '../ports/asker.js';
import type { Budget, BudgetState } from '../ports/budget.js';
import type { AnswerCache } from './answer-cache.js';
import { Breaker } from './breaker.js';
import { isNamed, type Roles } from './catalogue.js';
import type { ChatModel } from './chat-model.js';
import { sumOf } from './estimate.js';
import { type AnsweredBy, LanguageModel, type ModelAnswer, type ModelQuestion, NO_USAGE, type Strategy, type Usage, type Wishes } from './language-model.js';
import { listenTo } from './listen-to.js';
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
  readonly roles: Roles;
  readonly privacyMode: boolean;
  readonly offline: boolean;
  /** How long a model may be silent before the next one is asked. */
  readonly silenceMs: number;
}

/** A model on the person's own machine may have to be loaded first, and there is nothing behind it but rules. */
const PATIENCE_WITH_OWN = 2;
const NEAR_THE_CAP = 'Four fifths of your budget for language models are used.';
const CAP_REACHED = 'Your budget for language models is used up, so nothing that costs was asked.';

interface Tried {
  readonly answer?: ModelAnswer;
  /** Why those that were asked before did not answer. */
  readonly reasons: readonly string[];
  /** What they used. */
  readonly usage: Usage;
}

/**
 * Several models behind one: chooses by tier, privacy, wish and budget, goes on to the next when one fails, and in the end answers from what
 * was answered before or by rules. Once a word of a reply has been seen there is no next one: what was said stands, as an answer that breaks off.
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
    const { asker, privacyMode, offline, roles, models } = this.parts;
    const { tier, userId } = asker.current();
    const { wishes } = question;
    const budget = await this.budgetOf(userId, wishes);
    const course = courseOf({ tier, privacyMode, offline, wishes, budget, roles, operation: question.input.operation }, models);
    const tried = await this.firstOf(course, question, missed(course, wishes));
    const isSpent = tried.reasons.some((reason) => reason.endsWith(': budget')) || (budget === 'reached' && isSparing(course.strategy));
    const notice = isSpent ? CAP_REACHED : budget === 'near' ? NEAR_THE_CAP : undefined;
    const found = tried.answer ?? (await this.last(course, question, { ...tried, userId }));
    if (userId !== undefined && tried.answer?.value !== undefined) await this.parts.cache.keep({ userId, model: found.by?.model ?? '' }, question, tried.answer.value);
    return notice === undefined || found.by === undefined ? found : { ...found, by: { ...found.by, notice } };
  }

  /** A ledger that cannot be read must not make a cap vanish. */
  private async budgetOf(userId: AskedBy, wishes: Wishes | undefined): Promise<BudgetState> {
    try {
      return userId === undefined ? 'free' : await this.parts.budget.stateOf(userId, wishes);
    } catch {
      return 'reached';
    }
  }

  private async firstOf({ models, strategy }: Course, question: ModelQuestion, before: readonly string[]): Promise<Tried> {
    const reasons = [...before];
    let usage = NO_USAGE;
    for (const model of models) {
      if (question.signal.aborted) break;
      const breaker = this.breakers.get(model);
      if (breaker?.isOpen === true) {
        reasons.push(`${model.name}: resting`);
        continue;
      }
      const heard = await listenTo(model, question, this.parts.silenceMs * (model.place === 'cloud' ? 1 : PATIENCE_WITH_OWN));
      usage = sumOf(usage, heard.usage);
      if (heard.fault === undefined) breaker?.succeeded();
      else breaker?.failed(heard.fault);
      const by: AnsweredBy = { model: model.name, strategy, ...fallbackOf([...reasons, ...(heard.fault === undefined ? [] : [`${model.name}: ${heard.fault.kind}`])]) };
      if (heard.fault === undefined) return { answer: { value: readJson(heard.text), usage, by }, reasons, usage };
      if (question.live?.isShown === true) return { answer: { value: undefined, isTruncated: true, usage, by }, reasons, usage };
      question.live?.drop();
      reasons.push(`${model.name}: ${heard.fault.kind}`);
    }
    return { reasons, usage };
  }

  /** What the same person was answered to the same question by the models that may be asked, else the rules. */
  private async last({ strategy, models }: Course, question: ModelQuestion, { userId, reasons, usage }: Tried & { readonly userId: AskedBy }): Promise<ModelAnswer> {
    const names = userId === undefined || question.faults.length > 0 ? [] : this.knownTo(strategy, models);
    const found = await Promise.all(names.map((model) => this.parts.cache.find({ userId: userId ?? '', model }, question)));
    const known = found.find((value) => value !== undefined);
    if (known !== undefined) return { value: known, usage, by: { model: 'cached', strategy: strategy === 'privacy' ? strategy : 'offline', ...fallbackOf(reasons) } };
    const { value } = await this.parts.rules.structured(question);
    const isAlone = this.parts.models.length === 0 && strategy !== 'privacy';
    return { value, usage, by: { model: this.parts.rules.name, strategy: isAlone ? 'offline' : strategy, ...fallbackOf(reasons) } };
  }

  /** Whose answers may be given again: under privacy none that a model of the cloud gave. */
  private knownTo(strategy: Strategy, allowed: readonly ChatModel[]): string[] {
    return (strategy === 'privacy' ? allowed : this.parts.models).map(({ name }) => name);
  }
}

type AskedBy = ReturnType<Asker['current']>['userId'];

const isSparing = (strategy: Strategy): boolean => strategy === 'premium' || strategy === 'standard';

const fallbackOf = (reasons: readonly string[]): { fallback?: string } => (reasons.length === 0 ? {} : { fallback: reasons.join(', ') });

/** Says so when the model that somebody prefers is not among those that may be asked. */
function missed({ models }: Course, wishes: Wishes | undefined): string[] {
  const wish = wishes?.model;
  return wish === undefined || models.some(({ name }) => isNamed(name, wish)) ? [] : [`${wish}: not available`];
}
