import { describe, expect, it } from '@jest/globals';
import { MovableClock, uuidv7 } from '@selfos/kernel';
import { InMemoryTransaction } from '@selfos/persistence';
import { InMemoryVectorIndex } from '../src/adapters/in-memory/in-memory-vector-index.js';
import { NoCloak, openEnvelopeOf, PlainTexts } from '../src/adapters/in-memory/plain-texts.js';
import { WordEmbedder } from '../src/adapters/in-memory/word-embedder.js';
import type { Proposal } from '../src/domain/memory/memory.js';
import { MemoryReader } from '../src/domain/search/memory-reader.js';
import { SemanticIndex } from '../src/domain/search/semantic-index.js';
import { Remember } from '../src/domain/use-cases/remember.js';
import { InMemoryMemoryRepository } from '../src/repositories/in-memory/in-memory-memory-repository.js';
import { numbers } from './numbers.js';

const TURNS = 1_000;
const SEED = Number(process.env['PROOF_SEED'] ?? 7);
const ADA = uuidv7();

/** What somebody says of herself again and again, in other forms, among talk that says nothing. */
const FACTS = [
  ['I like green tea', 'I really like green tea.', 'i like green tea!', 'Green tea I like'],
  ['I have a bad knee', 'I have got a bad knee', 'I have a really bad knee', 'i have a bad knee...'],
  ['I play the cello on Thursdays', 'On Thursdays I play the cello', 'I play the cello on thursdays, yes', 'I still play the cello on Thursdays'],
  ['I want to run a marathon', 'I really want to run a marathon', 'i want to run a marathon :)', 'I want to run a marathon!'],
  ['My sister lives in Oslo', 'my sister lives in Oslo', 'My sister lives in Oslo, you know', 'In Oslo lives my sister'],
  ['I work as a nurse at night', 'At night I work as a nurse', 'I work as a nurse at night', 'i work as a nurse, at night'],
];
const TALK = ['How are you?', 'That sounds great!', 'What is on my plate today?', 'Thank you so much', 'Tell me more'];
const INVENTED = ['I know John Doe', 'The user is a software engineer', 'I like green tea and wine', 'I do not like green tea'];

function replay() {
  const memories = new InMemoryMemoryRepository();
  const transaction = new InMemoryTransaction();
  const semantics = new SemanticIndex(new WordEmbedder(), new NoCloak(), new InMemoryVectorIndex());
  return { memories, remember: new Remember(memories, new MemoryReader(memories, new PlainTexts(), transaction), semantics, transaction, new MovableClock()) };
}

describe(`a replay of ${TURNS} turns, seed ${SEED}`, () => {
  it('keeps each thing once, and nothing that was not said', async () => {
    const next = numbers(SEED);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
    const { memories, remember } = replay();
    const messages = new Map<string, string>();
    for (let turn = 0; turn < TURNS; turn += 1) {
      const id = uuidv7();
      const fact = next() < 0.6 ? pick(pick(FACTS)) : undefined;
      const lead = `${pick(TALK)} `;
      messages.set(id, `${lead}${fact ?? ''}`);
      const proposals: Proposal[] = [];
      const source = { kind: 'message', id, start: lead.length, end: lead.length + (fact?.length ?? 1) } as const;
      const base = { id: uuidv7(), type: 'preference', validFrom: new Date() } as const;
      if (fact !== undefined) proposals.push({ ...base, text: openEnvelopeOf(fact), source });
      if (next() < 0.2) proposals.push({ ...base, id: uuidv7(), text: openEnvelopeOf(pick(INVENTED)), source, ...(fact === undefined ? {} : { quote: openEnvelopeOf(fact) }) });
      if (proposals.length > 0) await remember.execute(ADA, proposals);
    }
    const kept = await memories.findAll(ADA);
    const invented = kept.filter(({ text, source }) => source.kind !== 'message' || messages.get(source.id)?.slice(source.start, source.end) !== text.c);
    expect(invented).toEqual([]);
    expect(kept.length).toBeGreaterThanOrEqual(FACTS.length);
    expect(kept.length - FACTS.length).toBeLessThan(0.05 * TURNS * 0.6);
    expect((kept.length - FACTS.length) / kept.length).toBeLessThan(0.05);
  });
});
