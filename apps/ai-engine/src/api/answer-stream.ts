import type { SseFrame } from '@selfos/http';
import { type Sealer, TurnWriter } from '@selfos/sealing';

export interface FinishedAnswer {
  /** The whole reply in the clear. */
  readonly reply: string;
  /** In the clear, as they were used. */
  readonly memories: readonly { readonly id: string; readonly text: string }[];
  /** The answer as it is returned without a stream. */
  readonly whole: unknown;
}

export interface AnswerToStream {
  readonly userId: string;
  readonly replyId: string;
  /** Answers, showing words of the reply as they come. It goes on to its end also when nobody listens any more. */
  answer(show: (piece: string) => void): Promise<FinishedAnswer>;
}

const WORDS = /\S+\s*|\s+/g;
const WORDS_A_FRAME = 3;

/** The reply in pieces of a few words; together they are the reply. */
export function piecesOf(reply: string): string[] {
  const words = reply.match(WORDS) ?? [];
  return Array.from({ length: Math.ceil(words.length / WORDS_A_FRAME) }, (_, index) => words.slice(index * WORDS_A_FRAME, (index + 1) * WORDS_A_FRAME).join(''));
}

/**
 * A live answer: `key`, then sealed: `token`s `{text}` as the words come and a `memory_used` `{id, text}` for each memory; last `done` with the
 * whole answer. Where the reply turns out to be another than the words so far, `reset` takes them back, and all begins anew from `key`: the
 * tokens since the last `key` are always the reply.
 */
export async function* answerFrames(sealer: Sealer, { userId, replyId, answer }: AnswerToStream): AsyncGenerator<SseFrame, void, undefined> {
  const { shown, finished } = begun(answer);
  let writer = await TurnWriter.start(sealer, { userId, turnId: replyId });
  const token = async (text: string): Promise<SseFrame> => ({ event: 'token', data: await writer.seal({ text }) });
  let said = '';
  try {
    yield { event: 'key', data: writer.opening };
    for await (const piece of shown) {
      for (const text of piecesOf(piece)) yield await token(text);
      said += piece;
    }
    const { reply, memories, whole } = await finished;
    if (!reply.startsWith(said)) {
      yield { event: 'reset', data: {} };
      writer.end();
      writer = await TurnWriter.start(sealer, { userId, turnId: replyId });
      yield { event: 'key', data: writer.opening };
      said = '';
    }
    for (const text of piecesOf(reply.slice(said.length))) yield await token(text);
    for (const memory of memories) yield { event: 'memory_used', data: await writer.seal(memory) };
    yield { event: 'done', data: whole };
  } finally {
    writer.end();
  }
}

/** The words as they are shown, until the answer is finished; a failure is told by `finished` alone. */
function begun(answer: AnswerToStream['answer']): { readonly shown: ReadableStream<string>; readonly finished: Promise<FinishedAnswer> } {
  const { readable, writable } = new TransformStream<string, string>({}, { highWaterMark: Infinity }, { highWaterMark: Infinity });
  const writer = writable.getWriter();
  const finished = answer((piece) => {
    writer.write(piece).catch(() => undefined);
  });
  const close = (): void => {
    writer.close().catch(() => undefined);
  };
  finished.then(close, close);
  return { shown: readable, finished };
}
