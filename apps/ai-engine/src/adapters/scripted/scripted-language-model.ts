import { LanguageModel, type ModelAnswer, type ModelQuestion } from '../../domain/model/language-model.js';

/** A model for specs: gives the answers it was given, in order, and remembers the questions. A function may throw or look at the question. */
export class ScriptedLanguageModel extends LanguageModel {
  readonly questions: ModelQuestion[] = [];

  constructor(
    private readonly answers: readonly (unknown | ((question: ModelQuestion) => unknown))[],
    override readonly name = 'scripted-1',
  ) {
    super();
  }

  override async structured(question: ModelQuestion): Promise<ModelAnswer> {
    const answer = this.answers[Math.min(this.questions.length, this.answers.length - 1)];
    this.questions.push(question);
    const value: unknown = typeof answer === 'function' ? await (answer as (question: ModelQuestion) => unknown)(question) : answer;
    return { value, usage: { inputTokens: 100, outputTokens: 20 } };
  }
}
