// How fast vectors are found, against comparing with all of them in plain JavaScript: the same data, the same run, in interleaved rounds.
import { cpus } from 'node:os';
import { numbers } from './parts/seeded.mjs';
import { median } from './parts/statistics.mjs';

const DIMENSIONS = 512;
const LATENT = 48;
const CLUSTERS = 64;
const K = 10;
const ROUNDS = 5;
const SIZES = { full: { vectors: 100_000, queries: 40 }, ci: { vectors: 10_000, queries: 20 } };
const GOAL = { ratio: 20, recall: 0.99 };
const SEED = 20_261;

/** Prints one JSON line. `--size ci` is a smaller run. Exit code 1 below the goal (a quarter less for a machine that is busy). */
async function main(args) {
  const size = SIZES[args[args.indexOf('--size') + 1]] ?? SIZES.full;
  const { BitCodeIndex } = await import(new URL('../../apps/memory/dist/domain/search/bit-code-index.js', import.meta.url).href);
  const { vectors, queries } = made(size);
  const started = performance.now();
  const index = new BitCodeIndex(vectors, DIMENSIONS);
  const buildMs = performance.now() - started;
  const truth = queries.map((query) => new Set(bruteForce(vectors, query)));
  const recall = queries.reduce((sum, query, place) => sum + index.nearest(query, K).filter((found) => truth[place].has(found.place)).length / K, 0) / queries.length;
  const rounds = Array.from({ length: ROUNDS }, () => round(index, vectors, queries));
  const result = {
    bench: 'memory', node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, seed: SEED, ...size, dimensions: DIMENSIONS, k: K,
    'recall@10': Number(recall.toFixed(4)), build_ms: Math.round(buildMs), bytes: index.size,
    ours_ms: spread(rounds.map(({ ours }) => ours)), brute_force_ms: spread(rounds.map(({ brute }) => brute)), ratio: spread(rounds.map(({ ours, brute }) => brute / ours)), goal: GOAL,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = recall >= GOAL.recall && result.ratio.median >= GOAL.ratio * 0.75 ? 0 : 1;
}

/** Milliseconds per query of both, on the same queries one after the other. */
function round(index, vectors, queries) {
  return { brute: timed(queries, (query) => bruteForce(vectors, query)), ours: timed(queries, (query) => index.nearest(query, K)) };
}

function timed(queries, search) {
  const started = performance.now();
  for (const query of queries) search(query);
  return (performance.now() - started) / queries.length;
}

function bruteForce(vectors, query) {
  const count = vectors.length / DIMENSIONS;
  const places = [];
  const scores = [];
  for (let place = 0; place < count; place += 1) {
    let score = 0;
    const start = place * DIMENSIONS;
    for (let index = 0; index < DIMENSIONS; index += 1) score += query[index] * vectors[start + index];
    if (places.length === K && score <= scores[K - 1]) continue;
    let rank = Math.min(places.length, K - 1);
    for (; rank > 0 && scores[rank - 1] < score; rank -= 1) {
      scores[rank] = scores[rank - 1];
      places[rank] = places[rank - 1];
    }
    scores[rank] = score;
    places[rank] = place;
  }
  return places;
}

/** Unit vectors around cluster centres in a space of fewer dimensions, as those of a language model lie. */
function made(size) {
  const next = numbers(SEED);
  const normal = () => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next());
  const basis = Array.from({ length: LATENT }, () => Float32Array.from({ length: DIMENSIONS }, normal));
  const centres = Array.from({ length: CLUSTERS }, () => Float32Array.from({ length: LATENT }, normal));
  const one = () => {
    const centre = centres[Math.floor(next() * CLUSTERS)];
    const vector = new Float32Array(DIMENSIONS);
    basis.forEach((direction, latent) => {
      const amount = centre[latent] + 0.6 * normal();
      for (let index = 0; index < DIMENSIONS; index += 1) vector[index] += amount * direction[index];
    });
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  const vectors = new Float32Array(size.vectors * DIMENSIONS);
  for (let place = 0; place < size.vectors; place += 1) vectors.set(one(), place * DIMENSIONS);
  return { vectors, queries: Array.from({ length: size.queries }, one) };
}

function spread(values) {
  const round = (value) => Number(value.toFixed(2));
  return { median: round(median(values)), min: round(Math.min(...values)), max: round(Math.max(...values)) };
}

await main(process.argv.slice(2));
