import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import type { Spent } from '../../domain/model/spending.js';
import { UsageLedger, type UsageEntry } from '../../domain/ports/usage-ledger.js';

const ENTER = `
  INSERT INTO usage_ledger (user_id, answer_id, operation, model, template_id, template_version, input_tokens, output_tokens, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT DO NOTHING RETURNING answer_id`;

const SPENT = `
  SELECT model, sum(input_tokens)::int AS "inputTokens", sum(output_tokens)::int AS "outputTokens"
  FROM usage_ledger WHERE user_id = $1 AND at >= $2 GROUP BY model`;

export class TypeormUsageLedger extends UsageLedger {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async enter(userId: Uuid, { answerId, operation, model, template, usage, at }: UsageEntry): Promise<boolean> {
    const values = [userId, answerId, operation, model, template.id, template.version, usage.inputTokens, usage.outputTokens, at];
    const entered = await this.database.manager().query<{ answer_id: string }[]>(ENTER, values);
    return entered.length > 0;
  }

  override async spentSince(userId: Uuid, since: Date): Promise<Spent[]> {
    return this.database.manager().query<Spent[]>(SPENT, [userId, since]);
  }
}
