import { Injectable } from '@nestjs/common';
import { EvidenceRepository } from '../evidence/evidence.repository.js';
import { FileVault } from './making/file-vault.js';
import { PeopleRepository } from '../people/people.repository.js';
import { StoryRepository } from '../story/story.repository.js';

/** Removes everything of one person: evidence, stories, files. Joins the ambient transaction; files go last and may go twice. */
@Injectable()
export class ForgetPerson {
  constructor(
    private readonly people: PeopleRepository,
    private readonly evidence: EvidenceRepository,
    private readonly stories: StoryRepository,
    private readonly vault: FileVault,
  ) {}

  async execute(userId: string): Promise<void> {
    await this.people.remove(userId);
    await this.evidence.removeAll(userId);
    await this.stories.removeAll(userId);
    await this.vault.removeAll(userId);
  }
}
