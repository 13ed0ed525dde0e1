import type { SseFrame } from '@selfos/http';
import { type Sealer, TurnWriter } from '@selfos/sealing';

export interface AnswerToStream {
  readonly userId: string;
  readonly replyId: string;
  /** The whole reply in the clear. */
  readonly reply: string;
  /** In the clear, as they were used. */
  readonly memories: readonly { readonly id: string; readonly text: string }[];
  /** The answer as it is returned without a stream. */
  readonly whole: unknown;
}

const WORDS = /\S+\s*|\s+/g;
const WORDS_A_FRAME = 3;

/** The reply in pieces of a few words; together they are the reply. */
export function piecesOf(reply: string): string[] {
  const words = reply.match(WORDS) ?? [];
  return Array.from({ length: Math.ceil(words.length / WORDS_A_FRAME) }, (_, index) => words.slice(index * WORDS_A_FRAME, (index + 1) * WORDS_A_FRAME).join(''));
}

/** A live answer: `key`, then sealed: `token`s `{text}` and a `memory_used` `{id, text}` for each memory; last `done` with the whole answer. */
export async function* answerFrames(sealer: Sealer, answer: AnswerToStream): AsyncGenerator<SseFrame, void, undefined> {
  const writer = await TurnWriter.start(sealer, { userId: answer.userId, turnId: answer.replyId });
  try {
    yield { event: 'key', data: writer.opening };
    for (const text of piecesOf(answer.reply)) yield { event: 'token', data: await writer.seal({ text }) };
    for (const memory of answer.memories) yield { event: 'memory_used', data: await writer.seal(memory) };
    yield { event: 'done', data: answer.whole };
  } finally {
    writer.end();
  }
}
