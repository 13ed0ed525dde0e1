import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import type { Usage } from '../../domain/model/language-model.js';
import type { Spent } from '../../domain/model/spending.js';
import { CallLedger } from '../../domain/ports/call-ledger.js';

const RESERVE = `
  INSERT INTO model_calls (user_id, call_id, model, operation, state, input_tokens, output_tokens, at) VALUES ($1, $2, $3, $4, 'reserved', $5, $6, $7)`;
const HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('model_calls:' || $1, 0))";
const SETTLE = 'UPDATE model_calls SET state = $3, input_tokens = $4, output_tokens = $5 WHERE user_id = $1 AND call_id = $2';
const SPENT = `
  SELECT model, sum(input_tokens)::float8 AS "inputTokens", sum(output_tokens)::float8 AS "outputTokens"
  FROM model_calls WHERE user_id = $1 AND at >= $2 GROUP BY model`;

export class TypeormCallLedger extends CallLedger {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async hold(userId: Uuid): Promise<void> {
    await this.database.manager().query(HOLD, [userId]);
  }

  override async reserve(userId: Uuid, { callId, model, operation, expected, at }: Parameters<CallLedger['reserve']>[1]): Promise<void> {
    await this.database.manager().query(RESERVE, [userId, callId, model, operation, expected.inputTokens, expected.outputTokens, at]);
  }

  override async settle(userId: Uuid, callId: Uuid, { inputTokens, outputTokens, isEstimated }: Usage): Promise<void> {
    await this.database.manager().query(SETTLE, [userId, callId, isEstimated === true ? 'estimated' : 'measured', inputTokens, outputTokens]);
  }

  override async spentSince(userId: Uuid, since: Date): Promise<Spent[]> {
    return this.database.manager().query<Spent[]>(SPENT, [userId, since]);
  }
}
