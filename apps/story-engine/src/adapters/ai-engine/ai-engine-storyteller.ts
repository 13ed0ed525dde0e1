import { routes } from '@selfos/contracts';
import { InternalClient } from '@selfos/http';
import type { NarratedEvidence } from '../../domain/evidence/evidence.js';
import type { Period } from '../../domain/period/period.js';
import { Storyteller, type ToldStory } from '../../domain/ports/storyteller.js';

/** ai-engine writes; it holds the keys of what the evidence is called, this service does not. */
export class AiEngineStoryteller extends Storyteller {
  constructor(private readonly client: InternalClient) {
    super();
  }

  async tell(storyId: string, period: Period, evidence: readonly NarratedEvidence[]): Promise<ToldStory> {
    const body = { story_id: storyId, period: 'week' as const, start_date: period.start, end_date: period.end, timezone: period.zone, evidence: [...evidence] };
    const told = await this.client.call(routes.writeNarrative, { body, idempotent: true });
    return { title: told.title, narrative: told.narrative, script: told.script, blogMarkdown: told.blog_markdown, obsidianNote: told.note_markdown };
  }
}
