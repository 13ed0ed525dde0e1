import { routes } from '@selfos/contracts';
import { RemoteProblem, type InternalClient, type SseFrame } from '@selfos/http';
import { DomainError } from '@selfos/kernel';
import { AnswerUnavailable } from '../domain/conversation/conversation.errors.js';
import type { EngineAnswer, Question } from '../domain/conversation/conversation.js';
import { AnswerEngine, type EngineFrame } from '../domain/ports/answer-engine.js';

/** ai-engine over HTTP. Sealed frames pass unopened. */
export class HttpAnswerEngine extends AnswerEngine {
  constructor(private readonly client: InternalClient) {
    super();
  }

  async answer(question: Question, signal: AbortSignal): Promise<EngineAnswer> {
    try {
      return await this.client.call(routes.answerMessage, { body: question, signal });
    } catch (error) {
      throw translated(error);
    }
  }

  async *stream(question: Question, signal: AbortSignal): AsyncGenerator<EngineFrame, void, undefined> {
    try {
      for await (const frame of this.client.stream(routes.answerMessage, { body: question, signal })) yield read(frame);
    } catch (error) {
      throw translated(error);
    }
  }
}

function read(frame: SseFrame): EngineFrame {
  if (frame.event === 'error') throw RemoteProblem.of(503, frame.data);
  if (frame.event !== 'done') return { kind: 'pass', event: frame.event, data: frame.data };
  const answer = routes.answerMessage.response.inner.safeParse(frame.data);
  if (!answer.success) throw new AnswerUnavailable({ cause: answer.error });
  return { kind: 'done', answer: answer.data };
}

/** An outage, in the words of whoever waits for an answer; refusals keep their own. */
function translated(error: unknown): unknown {
  if (error instanceof DomainError && error.kind !== 'unavailable') return error;
  return error instanceof AnswerUnavailable ? error : new AnswerUnavailable({ cause: error });
}
