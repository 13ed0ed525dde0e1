import { Controller } from '@nestjs/common';
import { type Inner, routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route, ServerSentEvents } from '@selfos/http';
import { Sealer } from '@selfos/sealing';
import { AnswerMessage, type MessageToAnswer } from '../domain/use-cases/answer-message.js';
import { EnterUsage } from '../domain/use-cases/enter-usage.js';
import { type AnswerBody, toAnswerBody, toMessage } from './answer-body.js';
import { answerFrames, type FinishedAnswer } from './answer-stream.js';
import { ModelDeadline } from './model-deadline.js';

type InnerAnswer = Inner<typeof routes.answerMessage.response>;

/** What the backend asks for each message. Words are open only between the two calls of the sealer. */
@Controller()
export class AnswersController {
  constructor(
    private readonly sealer: Sealer,
    private readonly answerMessage: AnswerMessage,
    private readonly enterUsage: EnterUsage,
    private readonly deadline: ModelDeadline,
  ) {}

  @Route(routes.answerMessage)
  async answer(@Input() input: InputOf<typeof routes.answerMessage>): Promise<AnswerOf<typeof routes.answerMessage>> {
    const { userId, body, wantsStream } = input;
    const asked = toMessage(await this.sealer.open(routes.answerMessage.body, userId, body), this.deadline.from(input.signal));
    if (!wantsStream) return (await this.finish(input, asked)).whole;
    const answer = async (show: (piece: string) => void): Promise<FinishedAnswer> => {
      const { plain, whole } = await this.finish(input, { ...asked, show });
      return { reply: plain.ai_response, memories: plain.memories_used, whole };
    };
    return new ServerSentEvents(answerFrames(this.sealer, { userId, replyId: body.reply_id, answer }));
  }

  private async finish({ userId, body }: InputOf<typeof routes.answerMessage>, asked: MessageToAnswer): Promise<{ readonly plain: AnswerBody; readonly whole: InnerAnswer }> {
    const answered = await this.answerMessage.execute(userId, asked);
    const plain = await toAnswerBody(body.reply_id, answered);
    const whole: InnerAnswer = await this.sealer.seal(routes.answerMessage.response, userId, plain);
    const { model, template, usage } = answered;
    await this.enterUsage.execute(userId, { answerId: body.reply_id, conversationId: body.conversation_id, operation: 'plan', model, template, usage });
    return { plain, whole };
  }
}
