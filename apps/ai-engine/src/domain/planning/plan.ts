import type { LifeArea } from '@selfos/kernel';
import type { Origin } from '../safety/provenance.js';
import type { Schedule } from '../time/schedule.js';
import type { Agenda, Cite } from './agenda/agenda.js';
import type { PlannedChange } from './changes/change.js';
import type { MemoryType } from './memory-type.js';
import type { Turn } from './turn.js';

/** Something SelfOS remembers of the person, as the memory service returned it. Untrusted text: it is quoted, never obeyed. */
export interface RecalledMemory {
  readonly id: string;
  readonly type: MemoryType;
  readonly text: string;
  /** Whose words they are; the person's own where it is not said. */
  readonly origin?: Origin;
}

/** What a person may add to a message (seed, Appendix B). `availableTime` is minutes a day. */
export interface PlanContext {
  readonly lifeAreas?: readonly LifeArea[];
  readonly currentMood?: string;
  readonly availableTime?: number;
}

/** One message to plan from. `nowMs` is domain time, `zone` the person's IANA zone. */
export interface PlanRequest {
  readonly message: string;
  readonly context: PlanContext;
  readonly zone: string;
  readonly nowMs: number;
  readonly memories: readonly RecalledMemory[];
  /** What was said before in the conversation, oldest first. */
  readonly history?: readonly Turn[];
  /** Absent where nobody told it: then nothing is said about it, and nothing of it is changed. */
  readonly agenda?: Agenda;
}

/** A proposed task: every date in it was computed by code from a phrase. `priority` and `energyRequired` are 1 to 5. */
export interface PlannedTask {
  readonly title: string;
  readonly description?: string;
  readonly lifeAreas: readonly LifeArea[];
  readonly priority: number;
  readonly energyRequired: number;
  readonly durationMinutes: number;
  readonly schedule: Schedule;
  /** True for the small step that starts a goal. */
  readonly firstStep: boolean;
  /** Index of the goal it belongs to. */
  readonly goal?: number;
}

export interface PlannedMilestone {
  readonly title: string;
  /** Local date, YYYY-MM-DD. */
  readonly targetDate: string;
}

export interface PlannedGoal {
  readonly title: string;
  readonly vision: string;
  readonly lifeAreas: readonly LifeArea[];
  /** Local date, YYYY-MM-DD, always after today. */
  readonly targetDate: string;
  readonly milestones: readonly PlannedMilestone[];
  /** Each can be measured: it holds a number. */
  readonly successMetrics: readonly string[];
}

export interface MediaSuggestion {
  readonly type: 'video' | 'article' | 'audio';
  readonly url: string;
  readonly title: string;
}

/** What a message led to. An answer without tasks is whole too: a question, a fact to keep, a greeting. */
export interface Plan {
  readonly reply: string;
  readonly tasks: readonly PlannedTask[];
  readonly goals: readonly PlannedGoal[];
  readonly media: readonly MediaSuggestion[];
  /** Ids of the memories that shaped the answer. */
  readonly usedMemories: readonly string[];
  /** What was taken for granted, in words; each can be changed by saying so. */
  readonly assumptions: readonly string[];
  /** Changes to what exists, each of a record that was given. */
  readonly changes: readonly PlannedChange[];
  /** The records that the answer's claims rest on. */
  readonly cites: readonly Cite[];
}
