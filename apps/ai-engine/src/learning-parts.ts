import type { Provider } from '@nestjs/common';
import { InternalClient } from '@selfos/http';
import { Clock } from '@selfos/kernel';
import { DatabaseContext, Transaction } from '@selfos/persistence';
import { Sealer } from '@selfos/sealing';
import { Work } from '@selfos/work';
import { ClientObservations } from './adapters/memory/client-observations.js';
import { SealerLessonWords } from './adapters/sealing/sealer-lesson-words.js';
import { LessonBook } from './domain/learning/lesson-book.js';
import { LessonDesk } from './domain/learning/lesson-desk.js';
import { CompletionCounts } from './domain/ports/completion-counts.js';
import { LessonStore } from './domain/ports/lesson-store.js';
import { LessonWords } from './domain/ports/lesson-words.js';
import { Memories } from './domain/ports/memories.js';
import { Observations } from './domain/ports/observations.js';
import { PersonalRows } from './domain/ports/personal-rows.js';
import { ErasePerson } from './domain/use-cases/erase-person.js';
import { LearnBatch } from './domain/use-cases/learn-batch.js';
import { NoteDone } from './domain/use-cases/note-done.js';
import { LearnJob } from './jobs/learn-job.js';
import { TypeormCompletionCounts } from './repositories/typeorm/typeorm-completion-counts.js';
import { TypeormLessonStore } from './repositories/typeorm/typeorm-lesson-store.js';
import { TypeormPersonalRows } from './repositories/typeorm/typeorm-personal-rows.js';

/** What learns from what was said and done, in batches that stay open for `windowSeconds`; and what forgets it all. */
export function learningParts(windowSeconds: number): Provider[] {
  return [
    { provide: CompletionCounts, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormCompletionCounts(database) },
    { provide: LessonStore, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormLessonStore(database) },
    { provide: LessonWords, inject: [Sealer], useFactory: (sealer: Sealer) => new SealerLessonWords(sealer) },
    { provide: Observations, inject: [InternalClient, Sealer], useFactory: (client: InternalClient, sealer: Sealer) => new ClientObservations(client, sealer) },
    { provide: PersonalRows, inject: [DatabaseContext], useFactory: (database: DatabaseContext) => new TypeormPersonalRows(database) },
    { provide: LessonBook, inject: [LessonStore, Work, Clock], useFactory: (store: LessonStore, work: Work, clock: Clock) => new LessonBook(store, { work, clock, windowMs: windowSeconds * 1000 }) },
    { provide: LessonDesk, inject: [LessonStore, LessonBook, Transaction], useFactory: (store: LessonStore, book: LessonBook, transaction: Transaction) => new LessonDesk(store, book, transaction) },
    {
      provide: LearnBatch, inject: [LessonDesk, LessonWords, Memories, Observations],
      useFactory: (desk: LessonDesk, words: LessonWords, memories: Memories, observations: Observations) => new LearnBatch(desk, { words, memories, observations }),
    },
    NoteDone, ErasePerson, LearnJob,
  ];
}
