import { describe, expect, it } from '@jest/globals';
import { uuidv7, isOwnHost } from '@selfos/kernel';
import { BuiltinLanguageModel } from '../src/adapters/builtin/builtin-language-model.js';
import { AnswerCache } from '../src/domain/model/answer-cache.js';
import { Breaker } from '../src/domain/model/breaker.js';
import { ChatModel, type ChatPiece, type FaultKind, ModelFault, type Place, retryAfterMs } from '../src/domain/model/chat-model.js';
import { LiveReply } from '../src/domain/model/live-reply.js';
import type { ModelQuestion, Wishes } from '../src/domain/model/language-model.js';
import { OrchestratedLanguageModel, type Orchestration } from '../src/domain/model/orchestrated-language-model.js';
import { stateOf, tighter } from '../src/domain/model/spending.js';
import { courseOf } from '../src/domain/model/strategy.js';
import { Asker, type AskingPerson } from '../src/domain/ports/asker.js';
import { Budget, type BudgetState } from '../src/domain/ports/budget.js';

class PlayedModel extends ChatModel {
  asked = 0;

  constructor(
    override readonly name: string,
    override readonly place: Place,
    private readonly play: string | FaultKind | 'silence' = '{"ok":true}',
  ) {
    super();
  }

  override async *stream({ signal }: { signal: AbortSignal }): AsyncIterable<ChatPiece> {
    this.asked += 1;
    if (this.play === 'silence') await new Promise((_resolve, reject) => { signal.addEventListener('abort', () => { reject(new ModelFault('timeout')); }); });
    if (!this.play.startsWith('{')) throw new ModelFault(this.play as FaultKind);
    yield { kind: 'text', text: this.play };
    yield { kind: 'usage', usage: { inputTokens: 5, outputTokens: 2 } };
  }
}

class Person extends Asker {
  constructor(private readonly person: AskingPerson) {
    super();
  }

  override current(): AskingPerson {
    return this.person;
  }
}

class Purse extends Budget {
  constructor(private readonly state: BudgetState | 'broken' = 'free') {
    super();
  }

  override stateOf(): Promise<BudgetState> {
    return this.state === 'broken' ? Promise.reject(new Error('no ledger')) : Promise.resolve(this.state);
  }
}

const userId = uuidv7();
const ROLES = { complex: 'anthropic', creative: 'openai', multimodal: 'google' };
const WISHES: Wishes = { privacy: 'off', day: {}, month: {} };
const question = (operation: 'plan' | 'reword' = 'plan', faults: string[] = []): ModelQuestion => ({
  wishes: WISHES, template: { id: 't', version: 1 }, system: 's', user: 'u', schema: {}, faults, signal: AbortSignal.timeout(5000),
  input: operation === 'plan' ? { operation, history: [], request: { message: 'Stretch daily', context: {}, zone: 'UTC', nowMs: 0, memories: [] } } : { operation, scenes: [] },
});

function orchestrated(models: readonly ChatModel[], more: Partial<Orchestration> = {}, tier: AskingPerson['tier'] = 'premium'): OrchestratedLanguageModel {
  return new OrchestratedLanguageModel({
    models, rules: new BuiltinLanguageModel(), asker: new Person({ userId, tier }), budget: new Purse(), cache: new AnswerCache(60_000), privacyMode: false, offline: false, roles: ROLES, silenceMs: 100, ...more,
  });
}

describe('the strategy', () => {
  const models = [new PlayedModel('c1', 'cloud'), new PlayedModel('l1', 'local'), new PlayedModel('c2', 'cloud'), new PlayedModel('p1', 'process')];
  const open = { privacy: 'off' } as const;
  const free = { privacyMode: false, offline: false, budget: 'free', operation: 'plan', wishes: open, roles: ROLES } as const;
  it.each([
    [{ ...free, tier: 'premium' }, 'premium', 'c1 c2 l1 p1'],
    [{ ...free, tier: 'standard' }, 'standard', 'c1 c2 l1 p1'],
    [{ ...free, tier: 'standard', operation: 'reword' }, 'standard', 'l1 c1 c2 p1'],
    [{ ...free, tier: 'privacy' }, 'privacy', 'l1 p1'],
    [{ ...free, tier: 'premium', privacyMode: true }, 'privacy', 'l1 p1'],
    [{ ...free, tier: 'standard', privacyMode: true }, 'privacy', 'l1 p1'],
    [{ ...free, tier: 'premium', offline: true }, 'offline', 'p1'],
    [{ ...free, tier: 'standard', offline: true }, 'offline', 'p1'],
    [{ ...free, tier: 'privacy', offline: true }, 'privacy', 'p1'],
    [{ ...free, tier: 'premium', wishes: undefined }, 'privacy', 'l1 p1'],
    [{ ...free, tier: 'premium', wishes: { privacy: 'private' } }, 'privacy', 'l1 p1'],
    [{ ...free, tier: 'premium', wishes: { privacy: 'private', model: 'c2' } }, 'privacy', 'l1 p1'],
    [{ ...free, tier: 'premium', wishes: { privacy: 'offline' } }, 'offline', 'p1'],
    [{ ...free, tier: 'premium', privacyMode: true, wishes: { privacy: 'off' } }, 'privacy', 'l1 p1'],
    [{ ...free, tier: 'premium', wishes: { privacy: 'off', model: 'C2' } }, 'premium', 'c2 c1 l1 p1'],
    [{ ...free, tier: 'premium', wishes: { privacy: 'off', model: 'nobody/knows' } }, 'premium', 'c1 c2 l1 p1'],
    [{ ...free, tier: 'premium', budget: 'reached', wishes: { privacy: 'off', model: 'c2' } }, 'premium', 'l1 p1'],
    [{ ...free, tier: 'premium', budget: 'near' }, 'premium', 'c1 c2 l1 p1'],
    [{ ...free, tier: 'premium', budget: 'reached' }, 'premium', 'l1 p1'],
  ] as const)('for %j is %s, asking "%s"', (circumstances, strategy, order) => {
    const course = courseOf(circumstances, models);
    expect([course.strategy, course.models.map(({ name }) => name).join(' ')]).toEqual([strategy, order]);
  });
});

describe('several models behind one', () => {
  it('answer by the first, and say which it was', async () => {
    const answer = await orchestrated([new PlayedModel('c1', 'cloud')]).structured(question());
    expect(answer).toEqual({ value: { ok: true }, usage: { inputTokens: 5, outputTokens: 2 }, by: { model: 'c1', strategy: 'premium' } });
  });

  it.each<FaultKind | 'silence'>(['rate-limited', 'quota', 'unavailable', 'timeout', 'auth', 'cut', 'malformed', 'refused', 'silence'])('go on when one is %s, and say why', async (fault) => {
    const answer = await orchestrated([new PlayedModel('c1', 'cloud', fault), new PlayedModel('c2', 'cloud')]).structured(question());
    expect(answer.by).toEqual({ model: 'c2', strategy: 'premium', fallback: `c1: ${fault === 'silence' ? 'timeout' : fault}` });
  });

  it('answer from what was answered before, then by rules', async () => {
    const cache = new AnswerCache(60_000);
    await orchestrated([new PlayedModel('c1', 'cloud')], { cache }).structured(question());
    const failing = orchestrated([new PlayedModel('c1', 'cloud', 'unavailable')], { cache });
    expect((await failing.structured(question())).by).toMatchObject({ model: 'cached', strategy: 'offline' });
    expect((await failing.structured(question('plan', ['/reply: missing']))).by).toMatchObject({ model: 'selfos-builtin' });
    const stranger = orchestrated([new PlayedModel('c1', 'cloud', 'unavailable')], { cache, asker: new Person({ userId: uuidv7(), tier: 'premium' }) });
    expect((await stranger.structured(question())).by).toMatchObject({ model: 'selfos-builtin', fallback: 'c1: unavailable' });
  });

  it('leave a model alone that fails again and again', async () => {
    const failing = new PlayedModel('c1', 'cloud', 'unavailable');
    const several = orchestrated([failing, new PlayedModel('c2', 'cloud')]);
    for (let turn = 0; turn < 6; turn += 1) await several.structured(question());
    expect(failing.asked).toBe(3);
    expect((await several.structured(question())).by?.fallback).toBe('c1: resting');
  });

  it('ask nothing that costs once the cap is reached, and say so', async () => {
    const [cloud, local] = [new PlayedModel('c1', 'cloud'), new PlayedModel('l1', 'local')];
    const answer = await orchestrated([cloud, local], { budget: new Purse('reached') }).structured(question());
    expect(answer.by).toMatchObject({ model: 'l1' });
    expect(answer.by?.notice).toContain('used up');
    expect((await orchestrated([cloud], { budget: new Purse('reached') }).structured(question())).by?.model).toBe('selfos-builtin');
    expect((await orchestrated([cloud], { budget: new Purse('broken') }).structured(question())).by?.model).toBe('selfos-builtin');
    expect(cloud.asked).toBe(0);
    expect((await orchestrated([cloud], { budget: new Purse('near') }).structured(question())).by?.notice).toContain('Four fifths');
  });
});

describe('a reply that is seen while it is written', () => {
  class Written extends ChatModel {
    asked = 0;
    override readonly place = 'cloud';

    constructor(
      override readonly name: string,
      private readonly pieces: readonly (string | ModelFault)[],
    ) {
      super();
    }

    override async *stream(): AsyncIterable<ChatPiece> {
      this.asked += 1;
      for (const piece of this.pieces) {
        if (piece instanceof ModelFault) throw piece;
        yield await Promise.resolve({ kind: 'text', text: piece } as const);
      }
    }
  }

  const whole = ['{"reply":"All is ', 'well. Be calm."}'];
  function watched(): { readonly live: LiveReply; readonly shown: string[] } {
    const shown: string[] = [];
    return { live: new LiveReply({ check: (text) => text, show: (piece) => void shown.push(piece) }), shown };
  }

  it('is another’s from its first word on when the first model fails before that', async () => {
    const { live, shown } = watched();
    const models = [new Written('c1', ['{"reply":"I was about to', new ModelFault('cut')]), new Written('c2', whole)];
    const answer = await orchestrated(models).structured({ ...question(), live });
    expect([shown.join(''), answer.isTruncated, answer.by]).toEqual(['All is well. Be calm.', undefined, { model: 'c2', strategy: 'premium', fallback: 'c1: cut' }]);
  });

  it('ends where its model ends once a word was seen: no other is asked, and nothing is made up', async () => {
    const { live, shown } = watched();
    const second = new Written('c2', whole);
    const answer = await orchestrated([new Written('c1', ['{"reply":"All is well. And', new ModelFault('unavailable')]), second]).structured({ ...question(), live });
    expect([shown.join(''), live.words, second.asked]).toEqual(['All is well.', 'All is well.', 0]);
    expect(answer).toMatchObject({ value: undefined, isTruncated: true, by: { model: 'c1', fallback: 'c1: unavailable' } });
  });

  it('is not seen again when it is mended', async () => {
    const { live, shown } = watched();
    await orchestrated([new Written('c1', whole)]).structured({ ...question('plan', ['/tasks: missing']), live });
    expect(shown).toEqual([]);
  });
});

describe('the breaker', () => {
  it('opens after three failures, at once when told how long, and closes with time or success', () => {
    let now = 0;
    const breaker = new Breaker(() => now);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(breaker.isOpen).toBe(false);
      breaker.failed(new ModelFault('unavailable'));
    }
    expect(breaker.isOpen).toBe(true);
    now = 30_001;
    expect(breaker.isOpen).toBe(false);
    breaker.failed(new ModelFault('rate-limited', 7000));
    expect(breaker.isOpen).toBe(true);
    breaker.succeeded();
    expect(breaker.isOpen).toBe(false);
  });

  it('does not open for a question that no model could answer', () => {
    const breaker = new Breaker(() => 0);
    for (let turn = 0; turn < 9; turn += 1) breaker.failed(new ModelFault('refused'));
    expect(breaker.isOpen).toBe(false);
  });
});

describe('spending', () => {
  const spent = (model: string, tokens: number) => ({ model, inputTokens: tokens, outputTokens: 0 });
  it.each([
    [[spent('c', 79)], { tokens: 100 }, 'free'],
    [[spent('c', 40), spent('d', 40)], { tokens: 100 }, 'near'],
    [[spent('c', 100)], { tokens: 100 }, 'reached'],
    [[spent('ollama/x', 1_000_000)], { tokens: 100, money: 0.01 }, 'free'],
    [[spent('selfos-builtin', 100)], { tokens: 100 }, 'reached'],
    [[spent('c', 1_000_000)], { money: 2 }, 'free'],
    [[spent('c', 2_000_000)], { money: 2 }, 'reached'],
    [[spent('nobody-knows', 200_000)], { money: 2 }, 'reached'],
    [[spent('c', 1e9)], { tokens: 0, money: 0 }, 'free'],
  ] as const)('of %j under %j is %s', (all, limit, state) => {
    expect(stateOf(all, limit, { c: { input: 1, output: 5 } })).toBe(state);
  });

  it('is judged by the tighter limit', () => {
    expect([tighter('free', 'near'), tighter('reached', 'near'), tighter('free', 'free')]).toEqual(['near', 'reached', 'free']);
  });
});

describe('what is one’s own', () => {
  it.each(['http://127.0.0.1:11434', 'localhost:11434', 'http://ollama:11434', 'http://192.168.1.9', 'http://10.0.0.1', 'http://[::1]:11434', 'http://box.local'])('%s is', (host) => {
    expect(isOwnHost(host)).toBe(true);
  });
  it.each(['https://ollama.com', 'http://8.8.8.8', 'http://127.0.0.1.evil.com', 'http://localhost.evil.com', 'http://172.32.0.1', 'nonsense://', 'http://user@evil.com', 'http://10.0.0.1.nip.io'])('%s is not', (host) => {
    expect(isOwnHost(host)).toBe(false);
  });
});

describe('Retry-After', () => {
  it.each([['7', 7000], ['1.5', 1500], ['Thu, 01 Jan 1970 00:00:10 GMT', 9000], ['soon', undefined], ['', undefined], [null, undefined]])('"%s" is %s ms', (header, ms) => {
    expect(retryAfterMs(header, 1000)).toBe(ms);
  });
});
