import type { EnvelopeJson, StoryScript } from '@selfos/contracts';
import { StorySeals } from '../../ports/story-seals.js';
import { ScriptUnsupported } from '../../story/story.errors.js';

/** Whose script, and what it may rest on. */
export interface ScriptToRead {
  readonly userId: string;
  readonly storyId: string;
  readonly envelope: EnvelopeJson;
  /** Ids of everything that was gathered. */
  readonly evidence: readonly string[];
}

/** Opens a script and believes only what it can show a record for. */
export class ReadScript {
  constructor(private readonly seals: StorySeals) {}

  /** Throws ScriptUnsupported when a scene names a record that was not gathered. */
  async execute(request: ScriptToRead): Promise<StoryScript> {
    const script = await this.seals.openScript(request.userId, request.storyId, request.envelope);
    const known = new Set(request.evidence);
    if (script.scenes.some((scene) => scene.evidence_ids.some((id) => !known.has(id)))) throw new ScriptUnsupported();
    return script;
  }
}
