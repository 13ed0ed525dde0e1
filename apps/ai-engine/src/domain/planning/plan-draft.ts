import { LIFE_AREAS } from '@selfos/kernel';
import { z } from 'zod';

const phrase = z.string().trim().min(1).max(120);

/** When, as phrases in the person's words ("every other Tuesday", "at 6pm", "tomorrow", "by Friday"): never a computed date. */
const when = z.object({ repeat: phrase.optional(), at: phrase.optional(), day: phrase.optional(), due: phrase.optional() });

const draftTask = z.object({
  /** May hold `{Part}` and `{n}`: part of the day and minutes, filled in by code. */
  title: z.string().trim().min(1).max(200),
  description: z.string().trim().max(2000).optional(),
  life_area: z.enum(LIFE_AREAS),
  priority: z.int().min(1).max(5),
  energy_required: z.int().min(1).max(5),
  duration_minutes: z.int().min(1).max(1440),
  when,
  /** What holds where `when` says nothing. */
  usual: when.optional(),
  first_step: z.boolean().default(false),
  /** Index in `goals` of the goal it serves. */
  goal: z.int().min(0).max(9).optional(),
});

const draftGoal = z.object({
  title: z.string().trim().min(1).max(200),
  vision: z.string().trim().min(1).max(1000),
  life_area: z.enum(LIFE_AREAS),
  target: phrase,
  metric: z.string().trim().min(1).max(300).regex(/\d/, 'a metric holds a number'),
  milestone: z.string().trim().min(1).max(300),
  milestone_in: phrase,
});

const CHANGE_OPS = ['update_task', 'complete_task', 'cancel_task', 'update_goal', 'achieve_goal', 'cancel_goal', 'remember', 'forget'] as const;

const draftChange = z.object({
  op: z.enum(CHANGE_OPS),
  /** Of the task, goal or memory, as it was given; none for what is to be remembered. */
  id: z.string().max(60).optional(),
  title: z.string().trim().min(1).max(200).optional(),
  when: when.optional(),
  /** Days that are left out, as a phrase: "weekends", "Fridays". */
  except: phrase.optional(),
  /** Minutes later, or earlier when below zero. */
  shift_minutes: z.int().min(-1440).max(1440).optional(),
  duration_minutes: z.int().min(1).max(1440).optional(),
  priority: z.int().min(1).max(5).optional(),
  /** The day on which it was done, as a phrase. */
  day: phrase.optional(),
  target: phrase.optional(),
  progress: z.number().min(0).max(1).optional(),
  type: z.enum(['goal', 'routine', 'preference', 'reflection', 'achievement']).optional(),
  /** To be remembered: words of the message itself. */
  text: z.string().trim().min(1).max(2000).optional(),
});

/**
 * What a language model proposes. Times are phrases, media are ids of the catalogue, memories are ids that were given to it:
 * code resolves, checks and fits all of them.
 */
export const planDraftSchema = z.object({
  reply: z.string().trim().min(1).max(4000),
  tasks: z.array(draftTask).max(10),
  goals: z.array(draftGoal).max(3),
  media: z.array(z.string().max(60)).max(5),
  used_memories: z.array(z.string().max(60)).max(20),
  assumptions: z.array(z.string().trim().min(1).max(300)).max(10),
  changes: z.array(draftChange).max(10).default([]),
  /** Ids of the tasks and goals that the reply speaks of. */
  cites: z.array(z.string().max(60)).max(100).default([]),
});

export type PlanDraft = z.infer<typeof planDraftSchema>;
export type DraftTask = PlanDraft['tasks'][number];
export type DraftChange = PlanDraft['changes'][number];
export type DraftGoal = PlanDraft['goals'][number];
