// What stays in memory when long conversations are told to it, turn by turn: nothing that was not said, and nothing twice.
import { existsSync } from 'node:fs';
import { build } from '../run/build.mjs';
import { EmbeddingCache } from './embedding-cache.mjs';
import { readConversations } from './locomo-data.mjs';
import { absent, option, sharedFile } from './shared-data.mjs';

const TURNS = 1_000;
const SAME_WORDS = 0.8;
const SAME_MEANING = 0.95;

/** Prints one JSON line; exit code 1 when anything is invented, or 5 % or more say the same as another. */
export async function run(args) {
  const file = option(args, 'data') ?? sharedFile('data', 'locomo', 'locomo-dev5.json');
  if (!existsSync(file)) absent(file);
  await build(['libs/kernel', 'libs/contracts', 'libs/observability', 'libs/config', 'libs/persistence', 'apps/memory', 'apps/ai-engine']);
  const parts = await load();
  const people = peopleOf(readConversations(file));
  const kept = [];
  for (const turns of people) kept.push(...(await replay(parts, turns)));
  await parts.embedder.close();
  const invented = kept.filter(({ text, source, said }) => said.slice(source.start, source.end) !== text);
  const repeated = kept.filter((one, index) => kept.slice(0, index).some((other) => other.person === one.person && other.type === one.type && alike(parts, one, other)));
  const share = Number((repeated.length / Math.max(1, kept.length)).toFixed(4));
  process.stdout.write(`${JSON.stringify({ eval: 'replay', turns: people.flat().length, people: people.length, kept: kept.length, invented: invented.length, repeated: repeated.length, repeated_share: share })}\n`);
  process.exitCode = invented.length === 0 && share < 0.05 ? 0 : 1;
}

/** The first thousand turns, by who said them. */
function peopleOf(conversations) {
  const turns = conversations.flatMap(({ id, passages }) => passages.map((passage) => ({ ...passage, person: `${id}/${passage.speaker}` }))).slice(0, TURNS);
  return [...Map.groupBy(turns, ({ person }) => person).values()];
}

async function load() {
  const of = (app) => (path) => import(new URL(`../../apps/${app}/dist/${path}`, import.meta.url).href);
  const [memory, engine] = [of('memory'), of('ai-engine')];
  const names = ['domain/use-cases/remember', 'domain/search/memory-reader', 'domain/search/semantic-index', 'domain/search/tokens', 'domain/search/dot', 'repositories/in-memory/in-memory-memory-repository', 'adapters/in-memory/in-memory-vector-index', 'adapters/in-memory/plain-texts', 'adapters/energetic/energetic-embedder'];
  const modules = await Promise.all(names.map((name) => memory(`${name}.js`)));
  const kernel = await import(new URL('../../libs/kernel/dist/index.js', import.meta.url).href);
  const persistence = await import(new URL('../../libs/persistence/dist/index.js', import.meta.url).href);
  const { extractSaid } = await engine('domain/remembering/extract-said.js');
  const all = Object.assign({}, kernel, { InMemoryTransaction: persistence.InMemoryTransaction }, ...modules, { extractSaid });
  const embedder = new all.EnergeticEmbedder();
  return { ...all, embedder, cache: new EmbeddingCache(embedder) };
}

async function replay(parts, turns) {
  const memories = new parts.InMemoryMemoryRepository();
  const transaction = new parts.InMemoryTransaction();
  const clock = new parts.MovableClock();
  const semantics = new parts.SemanticIndex(cached(parts), new parts.NoCloak(), new parts.InMemoryVectorIndex());
  const remember = new parts.Remember(memories, new parts.MemoryReader(memories, new parts.PlainTexts(), transaction), semantics, transaction, clock);
  const userId = parts.uuidv7();
  const said = new Map();
  for (const { text, at } of turns) {
    const message = parts.uuidv7();
    said.set(message, text);
    const found = parts.extractSaid(text).map(({ type, text: words, start, end }) => ({ id: parts.uuidv7(), type, text: parts.openEnvelopeOf(words), source: { kind: 'message', id: message, start, end }, validFrom: at }));
    if (found.length > 0) await remember.execute(userId, found);
  }
  const live = (await memories.findAll(userId)).filter(({ validTo }) => validTo === null);
  return live.map(({ type, text, source }) => ({ person: userId, type, text: text.c, source, said: said.get(source.id) }));
}

/** The embedder, asked only for what the file does not have yet. */
function cached({ embedder, cache }) {
  const embed = async (texts) => {
    await cache.fill(texts);
    return texts.map((text) => cache.get(text));
  };
  return { model: embedder.model, dimensions: embedder.dimensions, embed };
}

/** Judged by other measures than the ones that merged them. */
function alike({ tokensOf, dot, cache }, one, other) {
  const [a, b] = [new Set(tokensOf(one.text)), new Set(tokensOf(other.text))];
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - shared;
  return (all > 0 && shared / all >= SAME_WORDS) || dot(cache.get(one.text), cache.get(other.text)) >= SAME_MEANING;
}
