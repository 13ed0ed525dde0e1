import { describe, expect, it } from '@jest/globals';
import { idOf, inOrderFor, isNamed } from '../src/domain/model/catalogue.js';
import { complaintsAbout } from '../src/domain/model/check-models.js';
import { ChatModel, type ChatPiece } from '../src/domain/model/chat-model.js';
import { type Complaint, complaintOf } from '../src/domain/model/listed.js';

const ROLES = { complex: 'anthropic', creative: 'openai', multimodal: 'google' };

class Listed extends ChatModel {
  asked = 0;

  constructor(
    override readonly name: string,
    override readonly place: ChatModel['place'],
    private readonly says: Complaint | undefined | Error,
  ) {
    super();
  }

  override async *stream(): AsyncIterable<ChatPiece> {
    // It is only asked what is wrong with it.
  }

  override complaint(): Promise<Complaint | undefined> {
    this.asked += 1;
    return this.says instanceof Error ? Promise.reject(this.says) : Promise.resolve(this.says);
  }
}

describe('the catalogue of models', () => {
  it.each([['Claude-3-Opus', 'claude-opus-5-5'], ['gpt-4', 'gpt-6-luna'], ['Gemini', 'gemini-flash-latest'], ['llama-2-70b', 'llama2:70b'], ['mistral-7b', 'mistral:7b'], ['phi-2', 'phi:2.7b'], ['whisper', 'gpt-transcribe'], ['my-own', 'my-own']])(
    'knows what "%s" means today', (name, id) => {
      expect(idOf(name)).toBe(id);
    },
  );

  it('knows a model by its whole name, its id, and the name it once had', () => {
    const model = 'anthropic/claude-opus-5-5';
    expect([model, 'claude-opus-5-5', 'CLAUDE-3-OPUS', 'claude', 'openai/claude-opus-5-5'].map((name) => isNamed(model, name))).toEqual([true, true, true, false, false]);
  });

  it('asks first for each role whom it was told, and keeps the order of the rest', () => {
    const models = ['openai/a', 'anthropic/b', 'google/c', 'ollama/d'].map((name) => ({ name }));
    const orderFor = (operation: string): string => inOrderFor(models, operation, ROLES).map(({ name }) => name.split('/')[1]).join('');
    expect(['plan', 'reword', 'image', 'extract'].map(orderFor)).toEqual(['bacd', 'abcd', 'cabd', 'bacd']);
  });
});

describe('an id that is held against its maker’s list', () => {
  it.each([
    ['m', ['m', 'n'], undefined], ['claude-opus', ['claude-opus-20260101'], undefined], ['llama3.2', ['llama3.2:latest'], undefined],
    ['gpt-4', ['gpt-6-luna', 'gpt-6-sol', 'whisper-1'], { fault: 'not-listed', hint: 'gpt-6-luna,gpt-6-sol' }], ['x', [], { fault: 'not-listed' }],
  ])('"%s" in %j: %j', (id, listed, complaint) => {
    expect(complaintOf(id, listed.map((one) => ({ id: one })))).toEqual(complaint);
  });

  it('is told when it is about to go', () => {
    expect(complaintOf('whisper-1', [{ id: 'whisper-1', until: '2027-02-26' }])).toEqual({ fault: 'going-away', hint: '2027-02-26' });
  });
});

describe('what is wrong with the models', () => {
  it('is told of those that say so; a maker who does not answer is no complaint', async () => {
    const models = [new Listed('a/1', 'cloud', { fault: 'not-listed' }), new Listed('a/2', 'cloud', undefined), new Listed('a/3', 'cloud', new Error('401')), new Listed('l/4', 'local', { fault: 'not-pulled' })];
    expect(await complaintsAbout(models, true)).toEqual([{ model: 'a/1', fault: 'not-listed' }, { model: 'l/4', fault: 'not-pulled' }]);
  });

  it('is asked of nobody outside where nothing may leave', async () => {
    const [cloud, local] = [new Listed('a/1', 'cloud', { fault: 'not-listed' }), new Listed('l/4', 'local', { fault: 'not-pulled' })];
    expect(await complaintsAbout([cloud, local], false)).toEqual([{ model: 'l/4', fault: 'not-pulled' }]);
    expect([cloud.asked, local.asked]).toEqual([0, 1]);
  });
});
