import { createHash } from 'node:crypto';
import type { ModelQuestion } from './language-model.js';

const MOST_ANSWERS = 500;

/** The last answers of models, in memory alone, each only for the person who asked and the very same question. */
export class AnswerCache {
  private readonly kept = new Map<string, { readonly value: unknown; readonly until: number }>();

  constructor(
    private readonly ttlMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  keep(userId: string, question: ModelQuestion, value: unknown): void {
    const oldest = this.kept.size >= MOST_ANSWERS ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    if (this.ttlMs > 0) this.kept.set(keyOf(userId, question), { value, until: this.now() + this.ttlMs });
  }

  find(userId: string, question: ModelQuestion): unknown {
    const found = this.kept.get(keyOf(userId, question));
    return found === undefined || found.until < this.now() ? undefined : found.value;
  }
}

function keyOf(userId: string, { template, system, user }: ModelQuestion): string {
  return createHash('sha256').update(JSON.stringify([userId, template, system, user])).digest('base64');
}
