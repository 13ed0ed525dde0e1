// How well memory finds what answers a question: turn-level evidence recall over long conversations, beside plain BM25 of the same
// run. No model judges anything; the same input gives the same figures.
import { build } from '../run/build.mjs';
import { EmbeddingCache } from './embedding-cache.mjs';
import { existsSync } from 'node:fs';
import { readConversations } from './locomo-data.mjs';
import { measure, ranksOf } from './recall-measures.mjs';
import { absent, option, sharedFile } from './shared-data.mjs';
import { learn, toRow } from './signal-tuning.mjs';

/** As many nearest vectors as memory asks its index for. */
const NEAREST = 2_000;
/** A question is timed several times and its best counts: the machine may be busy with other things. */
const TIMINGS = 3;

/** Prints one JSON line. `--data <file>` takes another file of the same form; `--ablation` leaves out each signal in turn. */
export async function run(args) {
  const file = option(args, 'data') ?? sharedFile('data', 'locomo', 'locomo-dev5.json');
  if (!existsSync(file)) absent(file);
  await build(['libs/kernel', 'libs/contracts', 'apps/memory']);
  const memory = await loadMemory();
  const conversations = readConversations(file);
  const cache = await embedded(memory, conversations);
  const asked = conversations.flatMap((conversation) => askAll(memory, cache, conversation));
  const shipped = measure(asked.map(answer));
  const bm25 = measure(asked.map(({ category, evidence, plain }) => ({ category, ranks: ranksOf(plain, evidence) })));
  const result = {
    eval: 'locomo', conversations: conversations.length, model: cache.embedder.model, selfos: shipped, bm25,
    ratio: ratios(shipped.overall, bm25.overall),
    tuned_leaving_one_conversation_out: conversations.length > 1 ? tuned(asked, Object.keys(memory.weights)) : null,
    query_ms: latency(asked),
  };
  if (args.includes('--ablation')) result.without = ablation(asked, memory.weights);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function loadMemory() {
  const at = (path) => import(new URL(`../../apps/memory/dist/${path}`, import.meta.url).href);
  const [{ PassageIndex }, { PostingIndex }, { readQuestion }, { spread }, { tokensOf }, { dot }, { DEFAULT_WEIGHTS }, { EnergeticEmbedder }] = await Promise.all(
    ['domain/search/passage-index.js', 'domain/search/posting-index.js', 'domain/search/question.js', 'domain/search/spread.js', 'domain/search/tokens.js', 'domain/search/dot.js', 'domain/search/weights.js', 'adapters/energetic/energetic-embedder.js'].map(at),
  );
  return { PassageIndex, PostingIndex, readQuestion, spread, tokensOf, dot, weights: DEFAULT_WEIGHTS, embedder: new EnergeticEmbedder() };
}

async function embedded({ embedder }, conversations) {
  const cache = new EmbeddingCache(embedder);
  const texts = conversations.flatMap(({ passages, questions }) => [...passages, ...questions].map(({ text }) => text));
  await cache.fill(texts, (done, all) => done % 320 === 0 && process.stderr.write(`embedded ${done} of ${all}\n`));
  await embedder.close();
  return cache;
}

function askAll(memory, cache, { id, passages, questions }) {
  const index = new memory.PassageIndex(passages);
  const plain = new memory.PostingIndex(passages.map(({ speaker, text, caption = '' }) => memory.tokensOf(`${speaker} ${text} ${caption}`)));
  const now = passages.at(-1).at;
  const sessions = passages.map(({ session }) => Number(session));
  return questions.map(({ text, category, evidence }) => {
    const likeness = nearest(memory, cache, passages, text);
    const question = memory.readQuestion({ text, now, speakers: index.speakers });
    const found = index.search(question, likeness);
    const ms = Math.min(...Array.from({ length: TIMINGS }, () => time(() => index.search(memory.readQuestion({ text, now, speakers: index.speakers }), likeness))));
    const arranged = (scores) => (question.asksSeveral ? memory.spread(Float64Array.from(scores), sessions) : scores);
    const byId = new Map(found.map(({ passage, score }) => [passage.id, score]));
    return {
      conversation: id, category, evidence, ms, arranged, signals: index.signals(question, likeness),
      scores: passages.map((passage) => byId.get(passage.id)), plain: plain.scores(memory.tokensOf(text)),
    };
  });
}

function time(work) {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function nearest({ dot }, cache, passages, text) {
  const vector = cache.get(text);
  const all = passages.map((passage) => [passage.id, dot(cache.get(passage.text), vector)]);
  return new Map(all.sort((a, b) => b[1] - a[1]).slice(0, NEAREST));
}

const answer = ({ category, evidence, scores }) => ({ category, ranks: ranksOf(scores, evidence) });

function scoresBy({ signals, scores, arranged }, weights) {
  return arranged(scores.map((_, index) => Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * signals[name][index], 0)));
}

function tuned(asked, names) {
  const answers = [...new Set(asked.map(({ conversation }) => conversation))].flatMap((left) => {
    const rows = asked.filter(({ conversation }) => conversation !== left).map((one) => toRow(one, names));
    const weights = learn(rows, names);
    return asked.filter(({ conversation }) => conversation === left).map((one) => answer({ ...one, scores: scoresBy(one, weights) }));
  });
  return measure(answers);
}

function ablation(asked, weights) {
  return Object.fromEntries(Object.keys(weights).map((name) => {
    const { overall } = measure(asked.map((one) => answer({ ...one, scores: scoresBy(one, { ...weights, [name]: 0 }) })));
    return [name, [overall['recall@10'], overall.mrr]];
  }));
}

function ratios(ours, plain) {
  const of = (name) => Number((ours[name] / plain[name]).toFixed(3));
  return { 'recall@5': of('recall@5'), 'recall@10': of('recall@10'), mrr: of('mrr') };
}

function latency(asked) {
  const sorted = asked.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (part) => Number(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))].toFixed(2));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
