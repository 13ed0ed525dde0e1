import type { EnvelopeJson } from '@selfos/contracts';
import type { NarratedEvidence } from '../evidence/evidence.js';
import type { Period } from '../period/period.js';

/** Narrative, script and texts of one story, each an envelope bound to it. */
export interface ToldStory {
  readonly title: EnvelopeJson;
  readonly narrative: EnvelopeJson;
  readonly script: EnvelopeJson;
  readonly blogMarkdown: EnvelopeJson;
  readonly obsidianNote: EnvelopeJson;
}

/** Writes a story from its evidence; the words come back sealed. */
export abstract class Storyteller {
  abstract tell(storyId: string, period: Period, evidence: readonly NarratedEvidence[]): Promise<ToldStory>;
}
