import { lifeAreas, sealedCopySchema, timeZone } from '@selfos/contracts';
import { z } from 'zod';

/** The kind of job that learns. Released kinds are never renamed: jobs wait under them. */
export const LEARN = 'ai-engine.learn';

const moment = z.iso.datetime({ offset: true });
const id = z.uuid();

/** What is to be learned from one event; words in it are still sealed. `id` names what it is of: told again, it is the same lesson. */
export const lesson = z.discriminatedUnion('kind', [
  /** A message of the person's own: the only text that is ever read for what it says of them. */
  z.object({ kind: z.literal('said'), id, said_at: moment, message: sealedCopySchema }),
  /** `count`: days on which the task was done by then, where that is a round number. */
  z.object({
    kind: z.literal('done'), id, occurrence_id: id, seq: z.int().min(0), title: sealedCopySchema, local_date: z.iso.date(), done_at: moment, timezone: timeZone, life_areas: lifeAreas, count: z.int().min(1).optional(),
  }),
  z.object({ kind: z.literal('taken_back'), id, occurrence_id: id, seq: z.int().min(0), at: moment }),
  z.object({ kind: z.literal('goal_achieved'), id, title: sealedCopySchema, done_at: moment }),
]);
export type Lesson = z.infer<typeof lesson>;
