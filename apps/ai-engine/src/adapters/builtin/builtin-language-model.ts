import { Injectable } from '@nestjs/common';
import { BUILTIN_MODEL, LanguageModel, NO_USAGE, type ModelAnswer, type ModelInput, type ModelQuestion } from '../../domain/model/language-model.js';
import { ruledWords } from '../../domain/pictures/picture-question.js';
import { draftPlan } from '../../domain/planning/draft-plan.js';

/** The planner of rules as a model: no network, no key, no tokens. It reads the question's data and ignores its words. */
@Injectable()
export class BuiltinLanguageModel extends LanguageModel {
  override readonly name = BUILTIN_MODEL;

  override structured({ input }: ModelQuestion): Promise<ModelAnswer> {
    return Promise.resolve({ value: valueOf(input), usage: NO_USAGE });
  }
}

function valueOf(input: ModelInput): unknown {
  switch (input.operation) {
    case 'plan':
      return draftPlan(input.request);
    case 'image':
      return ruledWords(input.facts);
    default:
      return { sentences: [] };
  }
}
