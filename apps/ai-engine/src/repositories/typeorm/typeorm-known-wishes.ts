import type { Uuid } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { z } from 'zod';
import type { Wishes } from '../../domain/model/language-model.js';
import { KnownWishes } from '../../domain/ports/known-wishes.js';

const limit = z.object({ tokens: z.number().optional(), money: z.number().optional() });
const row = z.object({ privacy: z.enum(['off', 'private', 'offline']), model: z.string().nullable(), day: limit, month: limit });

const FIND = 'SELECT privacy, model, day, month FROM wishes WHERE user_id = $1';
const LEARN = `
  INSERT INTO wishes AS w (user_id, version, privacy, model, day, month) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, privacy = excluded.privacy, model = excluded.model, day = excluded.day, month = excluded.month
  WHERE w.version <= excluded.version`;

export class TypeormKnownWishes extends KnownWishes {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  override async of(userId: Uuid): Promise<Wishes> {
    const [found] = await this.database.manager().query<unknown[]>(FIND, [userId]);
    if (found === undefined) return { privacy: 'off', day: {}, month: {} };
    const { model, ...wishes } = row.parse(found);
    return { ...wishes, model: model ?? undefined };
  }

  override async learn(userId: Uuid, { privacy, model, day, month }: Wishes, version: number): Promise<void> {
    await this.database.manager().query(LEARN, [userId, version, privacy, model ?? null, JSON.stringify(day), JSON.stringify(month)]);
  }
}
