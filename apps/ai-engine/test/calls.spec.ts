import { describe, expect, it } from '@jest/globals';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { Metrics } from '@selfos/observability';
import { ChargedChatModel } from '../src/adapters/charged/charged-chat-model.js';
import { ChargedTranscriber } from '../src/adapters/charged/charged-transcriber.js';
import { AnswerCache } from '../src/domain/model/answer-cache.js';
import { ChatModel, type ChatPiece, type ChatRequest, ModelFault } from '../src/domain/model/chat-model.js';
import { tokensIn } from '../src/domain/model/estimate.js';
import type { ModelQuestion, Usage } from '../src/domain/model/language-model.js';
import { Asker } from '../src/domain/ports/asker.js';
import { type Charge, Charges, type ModelCall } from '../src/domain/ports/charges.js';
import { type Heard, Transcriber } from '../src/domain/ports/transcriber.js';

const ada = uuidv7();

class Ada extends Asker {
  override current() {
    return { userId: ada, tier: 'premium' } as const;
  }
}

class Book extends Charges {
  readonly entries: { call: ModelCall; settled?: Usage }[] = [];
  isClosed = false;
  isTorn = false;

  override open(_userId: Uuid, call: ModelCall): Promise<Charge> {
    if (this.isClosed) return Promise.reject(new Error('no ledger'));
    const entry: Book['entries'][number] = { call };
    this.entries.push(entry);
    return Promise.resolve({
      settle: (usage: Usage) => {
        if (this.isTorn) return Promise.reject(new Error('gone'));
        entry.settled = usage;
        return Promise.resolve();
      },
    });
  }
}

class Played extends ChatModel {
  override readonly name = 'maker/m';

  constructor(
    private readonly pieces: readonly (ChatPiece | ModelFault)[],
    override readonly place: ChatModel['place'] = 'cloud',
  ) {
    super();
  }

  override async *stream(): AsyncIterable<ChatPiece> {
    for (const piece of this.pieces) {
      if (piece instanceof ModelFault) throw piece;
      yield await Promise.resolve(piece);
    }
  }
}

const text = (said: string): ChatPiece => ({ kind: 'text', text: said });
const counted = (inputTokens: number, outputTokens: number): ChatPiece => ({ kind: 'usage', usage: { inputTokens, outputTokens } });
const request: ChatRequest = { system: 's'.repeat(40), user: 'u'.repeat(40), schema: {}, maxTokens: 100, operation: 'plan', signal: new AbortController().signal };

interface Ended {
  readonly book: Book;
  readonly fault: unknown;
  readonly total: number | undefined;
  readonly last: ChatPiece | undefined;
}

async function ask(model: ChatModel, { book = new Book(), leaveAfter = Infinity } = {}): Promise<Ended> {
  const metrics = new Metrics('test');
  const heard: ChatPiece[] = [];
  let fault: unknown;
  try {
    for await (const piece of new ChargedChatModel(model, { asker: new Ada(), charges: book, metrics }).stream(request)) {
      heard.push(piece);
      if (heard.length >= leaveAfter) break;
    }
  } catch (error) {
    fault = error;
  }
  const { values } = await metrics.aiTokens.get();
  return { book, fault, total: values.find(({ labels }) => labels.model === 'maker/m' && labels.operation === 'plan')?.value, last: heard.at(-1) };
}

describe('a call of a model', () => {
  it.each([[Number.NaN, 3], [11, -1], [undefined as unknown as number, 7], [1e15, 1], [Number.POSITIVE_INFINITY, 0]])('counts by length where the maker says %p and %p', async (input, output) => {
    const { book } = await ask(new Played([text('a'.repeat(8)), counted(input, output)]));
    expect(book.entries[0]?.settled).toEqual({ inputTokens: tokensIn(request.system, request.user), outputTokens: 2, isEstimated: true });
  });

  it('counts whole tokens', async () => {
    const { book } = await ask(new Played([text('a'), counted(10.2, 3.5)]));
    expect(book.entries[0]?.settled).toEqual({ inputTokens: 11, outputTokens: 4 });
  });

  it('is entered before it is made, with the most that it may use', async () => {
    const seen: number[] = [];
    const book = new Book();
    class Looking extends Played {
      override async *stream(): AsyncIterable<ChatPiece> {
        seen.push(book.entries.length);
        yield await Promise.resolve(counted(1, 1));
      }
    }
    await ask(new Looking([]), { book });
    expect(seen).toEqual([1]);
    expect(book.entries[0]).toEqual({ call: { model: 'maker/m', operation: 'plan', expected: { inputTokens: 20, outputTokens: 100, isEstimated: true } }, settled: { inputTokens: 1, outputTokens: 1 } });
  });

  it.each<readonly [string, readonly (ChatPiece | ModelFault)[], Usage]>([
    ['counted by its maker', [text('x'.repeat(40)), counted(31, 12)], { inputTokens: 31, outputTokens: 12 }],
    ['counted by nobody', [text('x'.repeat(40))], { inputTokens: 20, outputTokens: 10, isEstimated: true }],
    ['cut with no count', [text('x'.repeat(40)), new ModelFault('cut')], { inputTokens: 20, outputTokens: 10, isEstimated: true }],
    ['cut after a first count', [counted(31, 1), text('x'.repeat(40)), new ModelFault('cut')], { inputTokens: 31, outputTokens: 10, isEstimated: true }],
    ['waited for in vain', [new ModelFault('timeout')], { inputTokens: 20, outputTokens: 0, isEstimated: true }],
    ['refused at the door', [new ModelFault('rate-limited')], { inputTokens: 0, outputTokens: 0 }],
    ['refused at the door after all', [counted(31, 4), new ModelFault('refused')], { inputTokens: 31, outputTokens: 4 }],
  ])('that is %s counts as what it was, in the ledger and in the metrics', async (_what, pieces, used) => {
    const { book, total, last, fault } = await ask(new Played(pieces));
    expect(book.entries.map(({ settled }) => settled)).toEqual([used]);
    expect(total).toBe(used.inputTokens + used.outputTokens);
    expect(last).toEqual({ kind: 'usage', usage: used });
    expect(fault instanceof ModelFault).toBe(pieces.some((piece) => piece instanceof ModelFault));
  });

  it('counts when the person leaves in the middle', async () => {
    const { book, total } = await ask(new Played([text('x'.repeat(40)), text('never heard')]), { leaveAfter: 1 });
    expect([book.entries[0]?.settled, total]).toEqual([{ inputTokens: 20, outputTokens: 10, isEstimated: true }, 30]);
  });

  it('that cannot be entered is not made where it costs, and made where it does not', async () => {
    const closed = Object.assign(new Book(), { isClosed: true });
    expect((await ask(new Played([text('a')]), { book: closed })).fault).toMatchObject({ kind: 'unavailable' });
    expect((await ask(new Played([text('a')], 'local'), { book: closed })).fault).toBeUndefined();
  });

  it('that cannot be settled stays as it was entered, and is an answer all the same', async () => {
    const book = Object.assign(new Book(), { isTorn: true });
    const { fault } = await ask(new Played([text('a'), counted(1, 1)]), { book });
    expect([fault, book.entries]).toEqual([undefined, [{ call: expect.objectContaining({ expected: { inputTokens: 20, outputTokens: 100, isEstimated: true } }) }]]);
  });
});

describe('a call of an engine for speech', () => {
  class Ear extends Transcriber {
    override readonly name = 'maker/ear';
    override readonly place = 'cloud';

    constructor(private readonly says: Heard | ModelFault) {
      super();
    }

    override transcribe(): Promise<Heard> {
      return this.says instanceof ModelFault ? Promise.reject(this.says) : Promise.resolve(this.says);
    }
  }

  it.each<readonly [string, Heard | ModelFault, Usage]>([
    ['counted', { text: 'a', usage: { inputTokens: 9, outputTokens: 2 } }, { inputTokens: 9, outputTokens: 2 }],
    ['uncounted', { text: 'abcd' }, { inputTokens: 20, outputTokens: 1, isEstimated: true }],
    ['limited', new ModelFault('rate-limited'), { inputTokens: 0, outputTokens: 0 }],
    ['lost', new ModelFault('cut'), { inputTokens: 20, outputTokens: 8, isEstimated: true }],
  ])('that is %s counts as what it was', async (_what, says, used) => {
    const book = new Book();
    const engine = new ChargedTranscriber(new Ear(says), { asker: new Ada(), charges: book, metrics: new Metrics('test') });
    await engine.transcribe({ bytes: new Uint8Array(8000), format: 'ogg' }, request.signal).catch(() => undefined);
    expect(book.entries.map(({ settled }) => settled)).toEqual([used]);
  });
});

describe('tokens', () => {
  it('of texts are at least what their bytes amount to', () => {
    expect([tokensIn(''), tokensIn('abcde'), tokensIn('你好'), tokensIn('ab', 'cd')]).toEqual([0, 2, 2, 1]);
  });
});

describe('what was answered before', () => {
  const question: ModelQuestion = { template: { id: 't', version: 1 }, system: 's', user: 'my secret knee', schema: {}, faults: [], signal: request.signal, input: { operation: 'reword', scenes: [] } };
  const owner = { userId: ada, model: 'maker/m' };

  it('is found by the same person, for the same model, question and picture, and by nobody else', async () => {
    const cache = new AnswerCache(60_000);
    await cache.keep(owner, question, { reply: 'Rest the knee.' });
    expect(await cache.find(owner, question)).toEqual({ reply: 'Rest the knee.' });
    const seen = [{ mediaType: 'image/jpeg' as const, bytes: Uint8Array.of(1) }];
    const others = [
      cache.find({ ...owner, userId: uuidv7() }, question), cache.find({ ...owner, model: 'maker/n' }, question), cache.find(owner, { ...question, user: 'another' }),
      cache.find(owner, { ...question, template: { id: 't', version: 2 } }), cache.find(owner, { ...question, pictures: seen }),
    ];
    expect(await Promise.all(others)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('lies sealed: neither the question nor the answer can be read from it', async () => {
    const cache = new AnswerCache(60_000);
    await cache.keep(owner, question, { reply: 'Rest the knee.' });
    const held = [...(Reflect.get(cache, 'kept') as Map<string, { sealed: Uint8Array }>)].map(([name, { sealed }]) => `${name} ${Buffer.from(sealed).toString('latin1')}`).join();
    for (const word of ['knee', 'Rest', 'secret', ada]) expect(held).not.toContain(word);
    expect(held.length).toBeGreaterThan(60);
  });

  it('is forgotten in time, and when there is too much of it', async () => {
    let now = 0;
    const cache = new AnswerCache(1000, () => now);
    await cache.keep(owner, question, 1);
    now = 1001;
    expect(await cache.find(owner, question)).toBeUndefined();
    for (let index = 0; index < 501; index += 1) await cache.keep(owner, { ...question, user: String(index) }, index);
    expect([await cache.find(owner, { ...question, user: '0' }), await cache.find(owner, { ...question, user: '500' })]).toEqual([undefined, 500]);
  });
});
