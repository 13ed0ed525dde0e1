import { KeyReused } from '@selfos/http';
import type { LiveAnswer } from './live-answer.js';

/** One request for a live answer. */
export interface Asked {
  readonly userId: string;
  readonly route: string;
  /** Idempotency-Key. */
  readonly key: string;
  readonly fingerprint: string;
}

interface Kept {
  readonly answer: LiveAnswer;
  readonly fingerprint: string;
}

/** After its end: for whoever lost the line with the last words. Later the service behind still has the whole answer. */
const KEPT_MS = 30_000;
const PER_PERSON = 8;

/** The live answers of this gateway by their keys, while they are told and a little longer. */
export class KeptAnswers {
  private readonly people = new Map<string, Map<string, Kept>>();

  constructor(private readonly keptMs: number = KEPT_MS) {}

  /** @throws KeyReused when the key was used for another request */
  find(asked: Asked): LiveAnswer | undefined {
    const kept = this.people.get(asked.userId)?.get(nameOf(asked));
    if (kept !== undefined && kept.fingerprint !== asked.fingerprint) throw new KeyReused();
    return kept?.answer;
  }

  /** Whether one more of this person's answers may go on without its reader. */
  hasRoom(userId: string): boolean {
    return (this.people.get(userId)?.size ?? 0) < PER_PERSON;
  }

  keep(asked: Asked, answer: LiveAnswer): void {
    const theirs = this.people.get(asked.userId) ?? new Map<string, Kept>();
    this.people.set(asked.userId, theirs.set(nameOf(asked), { answer, fingerprint: asked.fingerprint }));
    void answer.ended.then(() => {
      if (answer.failed) this.forget(asked);
      else setTimeout(() => this.forget(asked), this.keptMs).unref();
    });
  }

  private forget(asked: Asked): void {
    const theirs = this.people.get(asked.userId);
    theirs?.delete(nameOf(asked));
    if (theirs?.size === 0) this.people.delete(asked.userId);
  }
}

function nameOf({ route, key }: Asked): string {
  return `${route} ${key}`;
}
