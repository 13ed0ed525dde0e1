import type { Uuid } from '@selfos/kernel';
import type { DatabaseContext } from '@selfos/persistence';
import { SettingsRepository } from '../../domain/settings/settings.repository.js';
import { FIRST_SETTINGS, type Settings } from '../../domain/settings/settings.js';

type SettingsRecord = Omit<Settings, 'budget'> & Settings['budget'];

export class TypeormSettingsRepository extends SettingsRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async find(userId: Uuid): Promise<Settings> {
    const [row] = await this.database.manager().query<SettingsRecord[]>(
      'SELECT privacy_mode, model, day_tokens, month_tokens, day_money, month_money, ask_before_applying, version FROM settings WHERE user_id = $1',
      [userId],
    );
    return row === undefined ? FIRST_SETTINGS : settingsOf(row);
  }

  async replace(userId: Uuid, { privacy_mode, model, budget, ask_before_applying, version }: Settings, seen: number): Promise<boolean> {
    const rows = await this.database.manager().query<unknown[]>(
      `INSERT INTO settings AS s (user_id, privacy_mode, model, day_tokens, month_tokens, day_money, month_money, ask_before_applying, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (user_id) DO UPDATE SET privacy_mode = excluded.privacy_mode, model = excluded.model, day_tokens = excluded.day_tokens, month_tokens = excluded.month_tokens,
         day_money = excluded.day_money, month_money = excluded.month_money, ask_before_applying = excluded.ask_before_applying, version = excluded.version
       WHERE s.version = $10 RETURNING version`,
      [userId, privacy_mode, model, budget.day_tokens, budget.month_tokens, budget.day_money, budget.month_money, ask_before_applying, version, seen],
    );
    return rows.length === 1;
  }
}

function settingsOf({ day_tokens, month_tokens, day_money, month_money, ...settings }: SettingsRecord): Settings {
  return { ...settings, budget: { day_tokens, month_tokens, day_money, month_money } };
}
