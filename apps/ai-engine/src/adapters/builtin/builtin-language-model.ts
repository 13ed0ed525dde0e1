import { Injectable } from '@nestjs/common';
import { BUILTIN_MODEL, LanguageModel, NO_USAGE, type ModelAnswer, type ModelQuestion } from '../../domain/model/language-model.js';
import { draftPlan } from '../../domain/planning/draft-plan.js';

/** The planner of rules as a model: no network, no key, no tokens. It reads the question's data and ignores its words. */
@Injectable()
export class BuiltinLanguageModel extends LanguageModel {
  override readonly name = BUILTIN_MODEL;

  override structured({ input }: ModelQuestion): Promise<ModelAnswer> {
    const value = input.operation === 'plan' ? draftPlan(input.request) : { sentences: [] };
    return Promise.resolve({ value, usage: NO_USAGE });
  }
}
