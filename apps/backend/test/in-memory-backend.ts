import { EventPublisher } from '@selfos/event-bus';
import { MovableClock } from '@selfos/kernel';
import { InMemoryOutbox, InMemoryTransaction, type Outbox, type Transaction } from '@selfos/persistence';
import { Circumstances } from '../src/conversations/domain/circumstances.js';
import { GoalBook, type GoalRepository } from '../src/goals/index.js';
import { InMemoryGoalRepository } from '../src/goals/repositories/in-memory/in-memory-goal-repository.js';
import { People } from '../src/people/index.js';
import type { PersonRepository } from '../src/people/domain/person.repository.js';
import { InMemoryPersonRepository } from '../src/people/repositories/in-memory/in-memory-person-repository.js';
import { ChangeSet } from '../src/plans/domain/change-set.js';
import { TakeBack } from '../src/plans/domain/take-back.js';
import { DecidePlan } from '../src/plans/domain/use-cases/decide-plan.js';
import { PlanDesk } from '../src/plans/index.js';
import type { PlanRepository } from '../src/plans/domain/plan/plan.repository.js';
import { InMemoryPlanRepository } from '../src/plans/repositories/in-memory/in-memory-plan-repository.js';
import { Outlook } from '../src/schedule/index.js';
import { PersonSettings } from '../src/settings/index.js';
import type { SettingsRepository } from '../src/settings/domain/settings/settings.repository.js';
import { InMemorySettingsRepository } from '../src/settings/repositories/in-memory/in-memory-settings-repository.js';
import { TaskBook, type OccurrenceRepository, type TaskRepository } from '../src/tasks/index.js';
import { InMemoryOccurrenceRepository } from '../src/tasks/repositories/in-memory/in-memory-occurrence-repository.js';
import { InMemoryTaskRepository } from '../src/tasks/repositories/in-memory/in-memory-task-repository.js';

interface Stores {
  readonly persons: PersonRepository;
  readonly tasks: TaskRepository;
  readonly occurrences: OccurrenceRepository;
  readonly goals: GoalRepository;
  readonly plans: PlanRepository;
  readonly settingsRows: SettingsRepository;
}

/** The domain over any adapters, at 05:00 UTC of Monday 2026-11-23. */
export function domainOver<S extends Stores, O extends Outbox>(stores: S, transaction: Transaction, outbox: O) {
  const clock = new MovableClock();
  clock.freeze(Date.parse('2026-11-23T05:00:00Z'));
  const publisher = new EventPublisher(outbox, clock, 'backend');
  const taskBook = new TaskBook(stores.tasks, stores.occurrences, publisher, clock);
  const goalBook = new GoalBook(stores.goals, taskBook, publisher, clock);
  const changeSet = new ChangeSet(stores.tasks, taskBook, stores.goals, goalBook);
  const takeBack = new TakeBack(stores.tasks, taskBook, stores.occurrences, stores.goals, goalBook);
  const planDesk = new PlanDesk(stores.plans, changeSet, takeBack, publisher, clock);
  const decidePlan = new DecidePlan(stores.plans, planDesk, transaction, clock);
  const people = new People(stores.persons, transaction);
  const settings = new PersonSettings(stores.settingsRows, transaction, publisher, { give: () => Promise.resolve() });
  const outlook = new Outlook(stores.tasks, stores.occurrences, stores.goals, transaction, clock);
  return { clock, transaction, outbox, publisher, ...stores, people, settings, outlook, circumstances: new Circumstances(people, settings, outlook), taskBook, goalBook, planDesk, decidePlan };
}

/** The domain over in-memory adapters. */
export function inMemoryBackend() {
  const stores = {
    persons: new InMemoryPersonRepository(), tasks: new InMemoryTaskRepository(), occurrences: new InMemoryOccurrenceRepository(), goals: new InMemoryGoalRepository(), plans: new InMemoryPlanRepository(),
    settingsRows: new InMemorySettingsRepository(),
  };
  return domainOver(stores, new InMemoryTransaction(), new InMemoryOutbox());
}

export type InMemoryBackend = ReturnType<typeof inMemoryBackend>;
