import { EventPublisher } from '@selfos/event-bus';
import { MovableClock } from '@selfos/kernel';
import { Logger } from '@selfos/observability';
import { InMemoryOutbox } from '@selfos/persistence';
import { InMemoryJobs, InMemoryWork, InMemoryWorkStore, InMemoryWorkTransaction, WorkRunner } from '@selfos/work';
import { Inbox } from '../src/domain/notifications/inbox.js';
import { Bookings } from '../src/domain/reminders/bookings.js';
import { AnnounceStory } from '../src/domain/use-cases/announce-story.js';
import { Congratulate } from '../src/domain/use-cases/congratulate.js';
import { FollowTask } from '../src/domain/use-cases/follow-task.js';
import { ForgetTask } from '../src/domain/use-cases/forget-task.js';
import { KnowZone } from '../src/domain/use-cases/know-zone.js';
import { ListNotifications } from '../src/domain/use-cases/list-notifications.js';
import { NoteOccurrence } from '../src/domain/use-cases/note-occurrence.js';
import { ReadNotification } from '../src/domain/use-cases/read-notification.js';
import { Remind } from '../src/domain/use-cases/remind.js';
import { ReminderJob } from '../src/jobs/reminder-job.js';
import { InMemoryFollowedTaskRepository } from '../src/repositories/in-memory/in-memory-followed-task.repository.js';
import { InMemoryNotificationRepository } from '../src/repositories/in-memory/in-memory-notification.repository.js';
import { InMemoryPersonRepository } from '../src/repositories/in-memory/in-memory-person.repository.js';

/** All of notify without a server, its clock standing at `now`. */
export function notifyInMemory(now: string) {
  const clock = new MovableClock();
  clock.freeze(Date.parse(now));
  const jobs = new InMemoryJobs();
  const transaction = new InMemoryWorkTransaction(jobs);
  const work = new InMemoryWork(jobs);
  const outbox = new InMemoryOutbox();
  const publisher = new EventPublisher(outbox, clock, 'notify');
  const [tasks, notifications, people] = [new InMemoryFollowedTaskRepository(), new InMemoryNotificationRepository(), new InMemoryPersonRepository()];
  const inbox = new Inbox(notifications, publisher);
  const bookings = new Bookings(tasks, work);
  const logger = new Logger({ service: 'notify', level: 'CRITICAL' });
  const job = new ReminderJob(new Remind(tasks, inbox, bookings, publisher, clock), logger);
  return {
    clock,
    outbox,
    runner: new WorkRunner({ store: new InMemoryWorkStore(jobs), transaction, clock, logger }, [job], { pollMs: 5 }),
    pending: () => jobs.all().filter(({ state }) => state === 'booked').map(({ key, runAt }) => `${key.slice(74)} ${runAt.toISOString()}`),
    /** A runner takes what is due now, and dies. */
    claimAndDie: () => new InMemoryWorkStore(jobs).claim({ kinds: [job.kind], limit: 9, dueBy: clock.now(), leaseMs: 60_000 }),
    followTask: new FollowTask(transaction, tasks, bookings),
    forgetTask: new ForgetTask(transaction, tasks, bookings),
    noteOccurrence: new NoteOccurrence(transaction, tasks, bookings),
    announceStory: new AnnounceStory(transaction, inbox, clock),
    congratulate: new Congratulate(transaction, people, inbox, clock),
    knowZone: new KnowZone(transaction, people),
    list: new ListNotifications(transaction, notifications),
    read: new ReadNotification(transaction, notifications, clock),
  };
}
