import { DomainError, type Uuid } from '@selfos/kernel';
import { type Learned, learnedFromDone, learnedFromGoal, learnedFromSaid, learnedFromTakenBack } from '../learning/learned.js';
import type { Fault, LessonDesk } from '../learning/lesson-desk.js';
import type { Lesson } from '../learning/lessons.js';
import type { LessonWords } from '../ports/lesson-words.js';
import type { Memories } from '../ports/memories.js';
import type { Observations } from '../ports/observations.js';

interface Mind {
  readonly words: LessonWords;
  readonly memories: Memories;
  readonly observations: Observations;
}

interface Read {
  readonly id: Uuid;
  readonly learned: Learned;
}

/** Learns all that waits of one person: memories and profile, in one go. Done twice it keeps the same; one lesson that fails holds up no other. */
export class LearnBatch {
  constructor(
    private readonly desk: LessonDesk,
    private readonly mind: Mind,
  ) {}

  /** Resolves to how many lessons were learned, and how many failed. Throws when the memory service cannot be reached: nothing is lost then. */
  async execute(userId: Uuid, batch: number): Promise<{ readonly learned: number; readonly failed: number }> {
    const lessons = await this.desk.take(userId, batch);
    const [reads, unread] = await this.readAll(userId, lessons);
    const unkept = await this.keepAll(userId, reads);
    const faults = [...unread, ...unkept];
    const failed = new Set(faults.map(({ id }) => id));
    const learned = lessons.map(({ id }) => id).filter((id) => !failed.has(id));
    await this.desk.settle(userId, learned, faults);
    return { learned: learned.length, failed: faults.length };
  }

  private async readAll(userId: Uuid, lessons: readonly Lesson[]): Promise<readonly [readonly Read[], readonly Fault[]]> {
    const reads: Read[] = [];
    const faults: Fault[] = [];
    for (const lesson of lessons) {
      try {
        reads.push({ id: lesson.id, learned: await this.read(userId, lesson) });
      } catch (error) {
        faults.push(faultOf(lesson.id, error));
      }
    }
    return [reads, faults];
  }

  private async read(userId: Uuid, lesson: Lesson): Promise<Learned> {
    if (lesson.kind === 'taken_back') return learnedFromTakenBack(lesson);
    if (lesson.kind === 'said') return learnedFromSaid(lesson, await this.mind.words.open(userId, lesson.message));
    const title = await this.mind.words.open(userId, lesson.title);
    return lesson.kind === 'done' ? learnedFromDone(lesson, title) : learnedFromGoal(lesson, title);
  }

  /** All at once; where that is refused, one after the other, to find which it is. */
  private async keepAll(userId: Uuid, reads: readonly Read[]): Promise<readonly Fault[]> {
    try {
      await this.keep(userId, reads);
      return [];
    } catch (error) {
      const [only, ...others] = reads;
      if (isAway(error) || only === undefined) throw error;
      if (others.length === 0) return [faultOf(only.id, error)];
    }
    const faults: Fault[] = [];
    for (const read of reads) faults.push(...(await this.keepAll(userId, [read])));
    return faults;
  }

  private async keep(userId: Uuid, reads: readonly Read[]): Promise<void> {
    const memories = reads.flatMap(({ learned }) => learned.memories);
    const seen = reads.flatMap(({ learned }) => learned.seen);
    if (memories.length > 0) await this.mind.memories.remember(userId, memories);
    if (seen.length > 0) await this.mind.observations.tell(userId, seen);
  }
}

/** The error's code or class, never its text. Who cannot be reached is no fault of the lesson. */
function faultOf(id: Uuid, error: unknown): Fault {
  if (isAway(error)) throw error;
  const fault = error instanceof DomainError ? error.code : error instanceof Error ? error.name : 'unknown';
  return { id, fault };
}

function isAway(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'unavailable' || error.kind === 'too-many');
}
