import { EventPublisher } from '@selfos/event-bus';
import { MovableClock } from '@selfos/kernel';
import { InMemoryOutbox, InMemoryTransaction } from '@selfos/persistence';
import { Circumstances } from '../src/conversations/domain/circumstances.js';
import { GoalBook } from '../src/goals/index.js';
import { InMemoryGoalRepository } from '../src/goals/repositories/in-memory/in-memory-goal-repository.js';
import { People } from '../src/people/index.js';
import { InMemoryPersonRepository } from '../src/people/repositories/in-memory/in-memory-person-repository.js';
import { ChangeSet } from '../src/plans/domain/change-set.js';
import { PlanDesk } from '../src/plans/index.js';
import { InMemoryPlanRepository } from '../src/plans/repositories/in-memory/in-memory-plan-repository.js';
import { Outlook } from '../src/schedule/index.js';
import { PersonSettings } from '../src/settings/index.js';
import { InMemorySettingsRepository } from '../src/settings/repositories/in-memory/in-memory-settings-repository.js';
import { TaskBook } from '../src/tasks/index.js';
import { InMemoryOccurrenceRepository } from '../src/tasks/repositories/in-memory/in-memory-occurrence-repository.js';
import { InMemoryTaskRepository } from '../src/tasks/repositories/in-memory/in-memory-task-repository.js';

/** The domain over in-memory adapters, at 05:00 UTC of Monday 2026-11-23. */
export function inMemoryBackend() {
  const clock = new MovableClock();
  clock.freeze(Date.parse('2026-11-23T05:00:00Z'));
  const transaction = new InMemoryTransaction();
  const outbox = new InMemoryOutbox();
  const publisher = new EventPublisher(outbox, clock, 'backend');
  const stores = {
    persons: new InMemoryPersonRepository(), tasks: new InMemoryTaskRepository(), occurrences: new InMemoryOccurrenceRepository(), goals: new InMemoryGoalRepository(), plans: new InMemoryPlanRepository(), settingsRows: new InMemorySettingsRepository(),
  };
  const taskBook = new TaskBook(stores.tasks, stores.occurrences, publisher, clock);
  const goalBook = new GoalBook(stores.goals, taskBook, publisher, clock);
  const changeSet = new ChangeSet(stores.tasks, taskBook, stores.occurrences, stores.goals, goalBook);
  const plans = new PlanDesk(stores.plans, changeSet, publisher, clock);
  const people = new People(stores.persons, transaction);
  const settings = new PersonSettings(stores.settingsRows, transaction);
  const circumstances = new Circumstances(people, settings, new Outlook(stores.tasks, stores.occurrences, stores.goals, transaction, clock));
  return { clock, transaction, outbox, publisher, ...stores, people, settings, circumstances, taskBook, goalBook, planDesk: plans };
}

export type InMemoryBackend = ReturnType<typeof inMemoryBackend>;
