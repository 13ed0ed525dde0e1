import { asTurnKey, fromUtf8, openFrame, sealFrame, utf8, wipe, type TurnKey } from '@selfos/crypto';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { ModelQuestion } from './language-model.js';

const MOST_ANSWERS = 500;
const SALT_BYTES = 16;

/** Whose answer, and by which model. */
export interface AnswerOwner {
  readonly userId: string;
  readonly model: string;
}

interface Kept {
  /** Drawn for each: no key is ever used twice. */
  readonly salt: Uint8Array;
  readonly sealed: Uint8Array;
  readonly until: number;
}

/**
 * The last answers of models, in memory alone, each only for the person who asked, the model that answered, and the very same question. An
 * answer is kept sealed under a key that follows from the question itself: what lies here can be read only by asking the same again.
 */
export class AnswerCache {
  private readonly secret = randomBytes(32);
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly ttlMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  async keep(owner: AnswerOwner, question: ModelQuestion, value: unknown): Promise<void> {
    if (this.ttlMs <= 0) return;
    const place = placeOf(owner, question);
    const salt = randomBytes(SALT_BYTES);
    const key = this.keyOf(place, salt);
    const sealed = await sealFrame(key, { turnId: FRAME, index: 0 }, utf8(JSON.stringify(value)));
    wipe(key);
    const oldest = this.kept.size >= MOST_ANSWERS ? this.kept.keys().next().value : undefined;
    if (oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(this.nameOf(place), { salt, sealed, until: this.now() + this.ttlMs });
  }

  async find(owner: AnswerOwner, question: ModelQuestion): Promise<unknown> {
    const place = placeOf(owner, question);
    const found = this.kept.get(this.nameOf(place));
    if (found === undefined || found.until < this.now()) return undefined;
    const key = this.keyOf(place, found.salt);
    const opened = await openFrame(key, { turnId: FRAME, index: 0 }, found.sealed);
    wipe(key);
    return JSON.parse(fromUtf8(opened)) as unknown;
  }

  private nameOf(place: string): string {
    return createHmac('sha256', this.secret).update('name').update(place).digest('base64');
  }

  private keyOf(place: string, salt: Uint8Array): TurnKey {
    return asTurnKey(new Uint8Array(createHmac('sha256', this.secret).update('key').update(salt).update(place).digest()));
  }
}

/** Each key seals one frame, so all frames can have the same name. */
const FRAME = '00000000-0000-7000-8000-000000000000';

function placeOf({ userId, model }: AnswerOwner, { template, system, user, pictures = [] }: ModelQuestion): string {
  const looked = pictures.map(({ bytes }) => createHash('sha256').update(bytes).digest('base64'));
  return JSON.stringify([userId, model, template, system, user, ...looked]);
}
