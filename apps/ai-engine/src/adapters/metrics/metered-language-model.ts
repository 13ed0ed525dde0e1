import type { Metrics, Tracer } from '@selfos/observability';
import { LanguageModel, type ModelAnswer, type ModelQuestion } from '../../domain/model/language-model.js';

/** Measures how long an answer takes, whoever gives it in the end and whether it is given at all. */
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
        return await this.model.structured(question);
      } finally {
        end();
      }
    });
  }
}
