import { describe, expect, it } from '@jest/globals';
import { SealRefused } from '@selfos/crypto';
import { uuidv7 } from '@selfos/kernel';
import { InMemoryKeySource } from '../keys/in-memory-key-source.js';
import { Sealer } from '../sealer.js';
import { TurnReader, TurnWriter, type SealedFrame } from './turn.js';

const ada = uuidv7();
const refused = new SealRefused();

async function answer(sealer: Sealer, turnId: string, words: string[]): Promise<{ writer: TurnWriter; frames: SealedFrame[] }> {
  const writer = await TurnWriter.start(sealer, { userId: ada, turnId });
  const frames: SealedFrame[] = [];
  for (const word of words) frames.push(await writer.seal({ text: word }));
  return { writer, frames };
}

describe('a live answer', () => {
  it('is read word by word by whoever holds the key of its domain', async () => {
    const keys = new InMemoryKeySource();
    const { writer, frames } = await answer(new Sealer(keys, 'ai:1'), uuidv7(), ['Let', 'us', 'walk']);
    expect(JSON.stringify([writer.opening, frames])).not.toContain('walk');
    const elsewhere = new Sealer(keys, 'edge:1');
    const reader = await TurnReader.start(elsewhere, ada, writer.opening);
    for (const [index, word] of ['Let', 'us', 'walk'].entries()) expect(await reader.open(frames[index]!)).toEqual({ text: word });
    const resumed = await TurnReader.start(elsewhere, ada, writer.opening);
    expect(await resumed.open(frames[2]!)).toEqual({ text: 'walk' });
  });

  it('refuses lost, repeated and exchanged frames, and the key of another turn or person', async () => {
    const sealer = new Sealer(new InMemoryKeySource(), 'ai:1');
    const one = await answer(sealer, uuidv7(), ['a', 'b', 'c']);
    const two = await answer(sealer, uuidv7(), ['a', 'b', 'c']);
    const reader = await TurnReader.start(sealer, ada, one.writer.opening);
    await reader.open(one.frames[0]!);
    for (const wrong of [one.frames[0]!, one.frames[2]!, two.frames[1]!, { i: 1, c: one.frames[0]!.c }, { i: 1, c: '=' }]) {
      await expect(reader.open(wrong)).rejects.toEqual(refused);
    }
    expect(await reader.open(one.frames[1]!)).toEqual({ text: 'b' });
    const swapped = { ...one.writer.opening, key: two.writer.opening.key };
    await expect(TurnReader.start(sealer, ada, swapped)).rejects.toEqual(refused);
    await expect(TurnReader.start(sealer, uuidv7(), one.writer.opening)).rejects.toEqual(refused);
    one.writer.end();
    reader.end();
  });
});
