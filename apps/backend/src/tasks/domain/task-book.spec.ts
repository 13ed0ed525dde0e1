import { describe, expect, it } from '@jest/globals';
import { ADA, aTaskDraft } from '../../../test/builders.js';
import { inMemoryBackend } from '../../../test/in-memory-backend.js';
import { TaskNotOpen } from './task/task.errors.js';
import { ChangeTask } from './use-cases/change-task.js';

function aDesk() {
  const backend = inMemoryBackend();
  const change = new ChangeTask(backend.tasks, backend.occurrences, backend.taskBook, backend.transaction, backend.clock);
  return { ...backend, change, task: (id: string) => backend.tasks.lock(ADA, id), done: () => backend.occurrences.findPage(ADA, { limit: 9 }) };
}

describe('TaskBook', () => {
  it('completes a task that recurred once, although days of it are done', async () => {
    const desk = aDesk();
    const { id } = await desk.taskBook.add(ADA, aTaskDraft(), null);
    await desk.taskBook.complete(ADA, await desk.task(id), { localDate: '2026-11-22' });
    await desk.change.execute(ADA, { id, version: '*' }, { recurring_pattern: null });
    expect(await desk.taskBook.complete(ADA, await desk.task(id), { localDate: '2026-11-23' })).toMatchObject({ isNew: true, closed: true });
    expect([(await desk.task(id)).status, (await desk.done()).length]).toEqual(['completed', 2]);
  });

  it('closes such a task also on a day that is done', async () => {
    const desk = aDesk();
    const { id } = await desk.taskBook.add(ADA, aTaskDraft(), null);
    await desk.taskBook.complete(ADA, await desk.task(id), { localDate: '2026-11-23' });
    await desk.change.execute(ADA, { id, version: '*' }, { recurring_pattern: null });
    expect(await desk.taskBook.complete(ADA, await desk.task(id), { localDate: '2026-11-23' })).toMatchObject({ isNew: false, closed: true });
    expect([(await desk.task(id)).status, (await desk.done()).length]).toEqual(['completed', 1]);
  });

  it('does not call a cancelled task completed', async () => {
    const desk = aDesk();
    const { id } = await desk.taskBook.add(ADA, aTaskDraft({ recurring_pattern: null }), null);
    await desk.change.execute(ADA, { id, version: '*' }, { status: 'cancelled' });
    await expect(desk.change.execute(ADA, { id, version: '*' }, { status: 'completed' })).rejects.toThrow(TaskNotOpen);
  });

  it('keeps what was done of a task that was cancelled and is wanted again', async () => {
    const desk = aDesk();
    const { id } = await desk.taskBook.add(ADA, aTaskDraft(), null);
    await desk.taskBook.complete(ADA, await desk.task(id), { localDate: '2026-11-22' });
    await desk.change.execute(ADA, { id, version: '*' }, { recurring_pattern: null, status: 'cancelled' });
    await desk.change.execute(ADA, { id, version: '*' }, { status: 'open' });
    expect([(await desk.task(id)).status, (await desk.done()).length]).toEqual(['open', 1]);
  });
});
