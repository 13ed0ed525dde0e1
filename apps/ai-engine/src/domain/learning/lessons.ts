import { sealedCopySchema } from '@selfos/contracts';
import { z } from 'zod';

/** Kinds of jobs that learn. Released kinds are never renamed: jobs wait under them. */
export const SAID_LESSON = 'ai-engine.learn-said';
export const DONE_LESSON = 'ai-engine.learn-done';

/** What is to be learned from a message: the message itself, still sealed. */
export const saidLesson = z.object({ message_id: z.uuid(), said_at: z.iso.datetime({ offset: true }), message: sealedCopySchema });

/** What is to be learned from something done: its title, still sealed, and when. */
const done = z.object({ event_id: z.uuid(), title: sealedCopySchema, done_at: z.iso.datetime({ offset: true }) });
export const doneLesson = z.discriminatedUnion('kind', [
  done.extend({ kind: z.literal('occurrence'), local_date: z.iso.date(), count: z.int().min(1) }),
  done.extend({ kind: z.literal('goal_achieved') }),
]);
export type SaidLesson = z.infer<typeof saidLesson>;
export type DoneLesson = z.infer<typeof doneLesson>;
