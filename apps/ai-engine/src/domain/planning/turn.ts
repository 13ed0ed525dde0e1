import type { Origin } from '../safety/provenance.js';

/** Something that was said in a conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  /** Whose words they are; the person's and SelfOS's own where it is not said. */
  readonly origin?: Origin;
}
