import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { sumOf } from './estimate.js';
import { type AnsweredBy, BUILTIN_MODEL, LanguageModel, NO_USAGE, type ModelAnswer, type ModelQuestion, type Usage } from './language-model.js';

/**
 * The answer that fits the schema, or why there is none; when it failed, rules have to answer, and `by` says so. Truncated: the model broke
 * off when some of its reply had been seen, which stands. What failed attempts used counts too.
 */
export type Asked<T> =
  | { readonly kind: 'answered'; readonly value: T; readonly usage: Usage; readonly by: AnsweredBy }
  | { readonly kind: 'truncated'; readonly usage: Usage; readonly by: AnsweredBy }
  | { readonly kind: 'failed'; readonly reason: 'unusable' | 'unavailable'; readonly usage: Usage; readonly by: AnsweredBy };

const MOST_REPAIRS = 2;
const MOST_FAULTS = 10;

/** Asks the model; an answer that does not fit goes back with what is wrong, twice at most. Never throws for the model's sake. */
@Injectable()
export class AskModel {
  constructor(private readonly model: LanguageModel) {}

  get modelName(): string {
    return this.model.name;
  }

  async ask<T>(question: Omit<ModelQuestion, 'faults'>, schema: z.ZodType<T>): Promise<Asked<T>> {
    let usage = NO_USAGE;
    let faults: readonly string[] = [];
    let by: AnsweredBy = { model: this.model.name, strategy: 'offline' };
    for (let attempt = 0; attempt <= MOST_REPAIRS; attempt += 1) {
      const answer = await this.attempt({ ...question, faults });
      if (answer === undefined) return { kind: 'failed', reason: 'unavailable', usage, by: rulesAfter(by, 'unavailable') };
      usage = sumOf(usage, answer.usage);
      by = answer.by ?? by;
      if (answer.isTruncated === true) return { kind: 'truncated', usage, by };
      const parsed = schema.safeParse(answer.value);
      if (parsed.success) return { kind: 'answered', value: parsed.data, usage, by };
      faults = parsed.error.issues.slice(0, MOST_FAULTS).map(({ path, message }) => `/${path.join('/')}: ${message}`);
    }
    return { kind: 'failed', reason: 'unusable', usage, by: rulesAfter(by, 'unusable') };
  }

  private async attempt(question: ModelQuestion): Promise<ModelAnswer | undefined> {
    try {
      return await this.model.structured(question);
    } catch {
      return undefined;
    }
  }
}

function rulesAfter({ model, strategy, fallback }: AnsweredBy, reason: string): AnsweredBy {
  return { model: BUILTIN_MODEL, strategy, fallback: [fallback, `${model}: ${reason}`].filter((one) => one !== undefined).join(', ') };
}
