import type { SealedCopyJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import type { Sealer } from '@selfos/sealing';
import { LessonWords } from '../../domain/ports/lesson-words.js';

/** Opens with the keys that this service holds a grant for. */
export class SealerLessonWords extends LessonWords {
  constructor(private readonly sealer: Pick<Sealer, 'openValue'>) {
    super();
  }

  override async open(userId: Uuid, words: SealedCopyJson): Promise<string> {
    return String(await this.sealer.openValue(userId, words, words.envelope));
  }
}
