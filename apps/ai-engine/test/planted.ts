import { Memories } from '../src/domain/ports/memories.js';
import type { PersonProfile } from '../src/domain/ports/profiles.js';
import { Profiles } from '../src/domain/ports/profiles.js';
import { type AnswerFault, AnswerFaults } from '../src/domain/ports/answer-faults.js';
import type { RecalledMemory } from '../src/domain/planning/plan.js';

/** A memory that holds what it was given, and keeps nothing. */
export class PlantedMemories extends Memories {
  constructor(private readonly planted: readonly RecalledMemory[] = []) {
    super();
  }

  override recall(): Promise<RecalledMemory[]> {
    return Promise.resolve([...this.planted]);
  }

  override remember(): Promise<void> {
    return Promise.resolve();
  }

  override withhold(): Promise<void> {
    return Promise.resolve();
  }
}

export class PlantedProfile extends Profiles {
  constructor(private readonly profile: PersonProfile = {}) {
    super();
  }

  override profileOf(): Promise<PersonProfile> {
    return Promise.resolve(this.profile);
  }
}

export class ListedFaults extends AnswerFaults {
  readonly noted: AnswerFault[] = [];

  override note(_userId: string, faults: readonly AnswerFault[]): Promise<void> {
    this.noted.push(...faults);
    return Promise.resolve();
  }
}
