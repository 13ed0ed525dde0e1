import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { UsageLedger, type UsageEntry } from '../../domain/ports/usage-ledger.js';

const ENTER = `
  INSERT INTO usage_ledger (user_id, answer_id, operation, model, template_id, template_version, input_tokens, output_tokens, at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT DO NOTHING RETURNING answer_id`;

export class TypeormUsageLedger extends UsageLedger {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async enter(userId: Uuid, { answerId, operation, model, template, usage, at }: UsageEntry): Promise<boolean> {
    const values = [userId, answerId, operation, model, template.id, template.version, usage.inputTokens, usage.outputTokens, at];
    const entered = await this.database.manager().query<{ answer_id: string }[]>(ENTER, values);
    return entered.length > 0;
  }
}
