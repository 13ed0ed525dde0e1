import type { Usage } from './language-model.js';

/** Bytes of a token, as tokenizers of our time have it on average for European languages; others need more tokens, and more bytes too. */
const BYTES_PER_TOKEN = 4;

/** About how many tokens a text is, where its maker does not say. */
export function tokensIn(...texts: readonly string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / BYTES_PER_TOKEN);
}

const MOST_TOKENS = 1_000_000_000;
const isCount = (tokens: number): boolean => Number.isFinite(tokens) && tokens >= 0 && tokens <= MOST_TOKENS;

/** What a maker says was used, in whole tokens; undefined where that is no count. What comes from outside has only the type it is said to have. */
export function countedUsage(usage: Usage): Usage | undefined {
  const { inputTokens, outputTokens } = usage;
  return isCount(inputTokens) && isCount(outputTokens) ? { ...usage, inputTokens: Math.ceil(inputTokens), outputTokens: Math.ceil(outputTokens) } : undefined;
}

export function sumOf(a: Usage, b: Usage): Usage {
  const isEstimated = a.isEstimated === true || b.isEstimated === true;
  return { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens, ...(isEstimated ? { isEstimated } : {}) };
}
