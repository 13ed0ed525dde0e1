import type { Metrics, Tracer } from '@selfos/observability';
import { LanguageModel, type ModelAnswer, type ModelQuestion } from '../../domain/model/language-model.js';

/** Measures another model: how long it thinks, and the tokens it says it used, failures included. */
export class MeteredLanguageModel extends LanguageModel {
  constructor(
    private readonly model: LanguageModel,
    private readonly metrics: Metrics,
    private readonly tracer: Tracer,
  ) {
    super();
  }

  override get name(): string {
    return this.model.name;
  }

  override structured(question: ModelQuestion): Promise<ModelAnswer> {
    const { operation } = question.input;
    return this.tracer.span('ai_processing', { kind: 'internal', attributes: { model: this.name, operation } }, async () => {
      const end = this.metrics.aiInference.startTimer();
      try {
        const answer = await this.model.structured(question);
        this.metrics.aiTokens.inc({ model: answer.by?.model ?? this.name, operation }, answer.usage.inputTokens + answer.usage.outputTokens);
        return answer;
      } finally {
        end();
      }
    });
  }
}
