import type { Usage } from './language-model.js';

/** Bytes of a token, as tokenizers of our time have it on average for European languages; others need more tokens, and more bytes too. */
const BYTES_PER_TOKEN = 4;

/** About how many tokens a text is, where its maker does not say. */
export function tokensIn(...texts: readonly string[]): number {
  return Math.ceil(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / BYTES_PER_TOKEN);
}

export function sumOf(a: Usage, b: Usage): Usage {
  const isEstimated = a.isEstimated === true || b.isEstimated === true;
  return { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens, ...(isEstimated ? { isEstimated } : {}) };
}
