import { Injectable } from '@nestjs/common';
import { Clock, uuidv7, type Uuid } from '@selfos/kernel';
import { Circumstances } from '../circumstances.js';
import type { Answer, Question, Saying } from '../conversation/conversation.js';
import { AnswerUnavailable } from '../conversation/conversation.errors.js';
import { AnswerEngine } from '../ports/answer-engine.js';
import { Transcript } from '../transcript.js';
import { KeepTurn } from './keep-turn.js';

const REMEMBERED_TURNS = 10;

/** A frame for the client: what the engine said live, then `plan`, then `done` with the whole answer. */
export interface LiveFrame {
  readonly event: string;
  readonly data: unknown;
}

interface Asking {
  readonly question: Question;
  /** Whether a plan that follows takes effect at once. */
  readonly apply: boolean;
}

/**
 * Answers what a person says. The engine is asked outside any transaction; then the turn, its plan, its tasks, its events and the
 * answer to repetitions are kept together or not at all.
 */
@Injectable()
export class Converse {
  constructor(
    private readonly circumstances: Circumstances,
    private readonly transcript: Transcript,
    private readonly engine: AnswerEngine,
    private readonly keepTurn: KeepTurn,
    private readonly clock: Clock,
  ) {}

  async execute(userId: Uuid, saying: Saying, signal: AbortSignal): Promise<Answer> {
    const asking = await this.asking(userId, saying);
    const answer = await this.engine.answer(asking.question, signal);
    return this.keepTurn.execute(userId, { ...asking, answer });
  }

  async *live(userId: Uuid, saying: Saying, signal: AbortSignal): AsyncGenerator<LiveFrame, void, undefined> {
    const asking = await this.asking(userId, saying);
    for await (const frame of this.engine.stream(asking.question, signal)) {
      if (frame.kind === 'pass') {
        yield { event: frame.event, data: frame.data };
        continue;
      }
      const whole = await this.keepTurn.execute(userId, { ...asking, answer: frame.answer });
      if (whole.plan !== null) yield { event: 'plan', data: whole.plan };
      yield { event: 'done', data: whole };
      return;
    }
    throw new AnswerUnavailable();
  }

  private async asking(userId: Uuid, saying: Saying): Promise<Asking> {
    const { about, asksFirst } = await this.circumstances.of(userId);
    const { conversation_id: given, message, context } = saying;
    const known = given === undefined ? undefined : await this.transcript.conversation(userId, given);
    const history = known === undefined ? [] : await this.transcript.latest(userId, known, REMEMBERED_TURNS);
    const question: Question = {
      message_id: saying.message_id ?? uuidv7(),
      conversation_id: given ?? uuidv7(),
      reply_id: uuidv7(),
      message,
      ...(context === undefined ? {} : { context }),
      ...about,
      now: this.clock.now().toISOString(),
      history: history.map(({ id, role, text }) => ({ id, role, text })),
    };
    return { question, apply: saying.apply ?? !asksFirst };
  }
}
