import type { SealedCopyJson } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';

/** Opens a person's words for the moment they are learned from. Nothing opened is ever written down. */
export abstract class LessonWords {
  abstract open(userId: Uuid, words: SealedCopyJson): Promise<string>;
}
