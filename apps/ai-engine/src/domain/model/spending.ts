import type { BudgetState, Limit } from '../ports/budget.js';

export interface Spent {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

const NEAR = 0.8;
/** A limit that is reached before the first call. */
const NOTHING = -1;
/** What runs on the person's own machines costs nothing. Tokens entered for an answer of rules were used by models that failed before. */
const FREE = /^(?:ollama|llama\.cpp|whisper)\//;
/** For a model whose price nobody gave: rather too much than too little. */
const DEAR: Price = { input: 15, output: 75 };

/** Whether calls of this model count towards no limit. */
export const isFree = (model: string): boolean => FREE.test(model);

/** US dollars. */
export function costOf({ model, inputTokens, outputTokens }: Spent, prices: Readonly<Record<string, Price>>): number {
  const price = isFree(model) ? { input: 0, output: 0 } : (prices[model] ?? DEAR);
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}

/** How far along a limit it is, with what was spent in its time. */
export function stateOf(spent: readonly Spent[], limit: Limit, prices: Readonly<Record<string, Price>>): BudgetState {
  const paid = spent.filter(({ model }) => !isFree(model));
  const tokens = paid.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
  const money = paid.reduce((sum, one) => sum + costOf(one, prices), 0);
  const share = Math.max(shareOf(tokens, limit.tokens), shareOf(money, limit.money));
  return share >= 1 ? 'reached' : share >= NEAR ? 'near' : 'free';
}

const shareOf = (used: number, limit: number | undefined): number => (limit === undefined || limit === 0 ? 0 : limit < 0 ? 1 : used / limit);

/** What both limits allow; of one's own, zero is a limit: nothing that costs. */
export function stricter(limit: Limit, own: Limit | undefined): Limit {
  return { tokens: less(limit.tokens, own?.tokens), money: less(limit.money, own?.money) };
}

function less(limit: number | undefined, own: number | undefined): number | undefined {
  const ours = limit === 0 ? undefined : limit;
  const least = own === 0 ? NOTHING : own;
  return ours === undefined || least === undefined ? (ours ?? least) : Math.min(ours, least);
}

/** The tighter of two. */
export function tighter(a: BudgetState, b: BudgetState): BudgetState {
  const order: readonly BudgetState[] = ['free', 'near', 'reached'];
  return order[Math.max(order.indexOf(a), order.indexOf(b))] ?? 'reached';
}
