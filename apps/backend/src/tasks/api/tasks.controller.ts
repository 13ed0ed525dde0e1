import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { viewOf } from '../domain/task/task.js';
import { ChangeTask } from '../domain/use-cases/change-task.js';
import { CompleteTask } from '../domain/use-cases/complete-task.js';
import { CreateTask } from '../domain/use-cases/create-task.js';
import { DeleteTask } from '../domain/use-cases/delete-task.js';
import { ReadTasks } from '../domain/use-cases/read-tasks.js';

@Controller()
export class TasksController {
  constructor(
    private readonly createTask: CreateTask,
    private readonly changeTask: ChangeTask,
    private readonly deleteTask: DeleteTask,
    private readonly completeTask: CompleteTask,
    private readonly readTasks: ReadTasks,
  ) {}

  @Route(routes.createTask)
  async create(@Input() { userId, body }: InputOf<typeof routes.createTask>): Promise<AnswerOf<typeof routes.createTask>> {
    return viewOf(await this.createTask.execute(userId, body));
  }

  @Route(routes.listTasks)
  async list(@Input() { userId, query }: InputOf<typeof routes.listTasks>): Promise<AnswerOf<typeof routes.listTasks>> {
    const page = await this.readTasks.page(userId, query);
    return { ...page, items: page.items.map(viewOf) };
  }

  @Route(routes.getTask)
  async get(@Input() { userId, params }: InputOf<typeof routes.getTask>): Promise<AnswerOf<typeof routes.getTask>> {
    return viewOf(await this.readTasks.one(userId, params.id));
  }

  @Route(routes.changeTask)
  async change(@Input() { userId, params, ifMatch, body }: InputOf<typeof routes.changeTask>): Promise<AnswerOf<typeof routes.changeTask>> {
    return viewOf(await this.changeTask.execute(userId, { id: params.id, version: ifMatch }, body));
  }

  @Route(routes.deleteTask)
  async remove(@Input() { userId, params, ifMatch }: InputOf<typeof routes.deleteTask>): Promise<void> {
    await this.deleteTask.execute(userId, { id: params.id, version: ifMatch });
  }

  @Route(routes.completeTask)
  async complete(@Input() { userId, params, body }: InputOf<typeof routes.completeTask>): Promise<AnswerOf<typeof routes.completeTask>> {
    return this.completeTask.execute(userId, params.id, body);
  }

  @Route(routes.listOccurrences)
  async listDone(@Input() { userId, query }: InputOf<typeof routes.listOccurrences>): Promise<AnswerOf<typeof routes.listOccurrences>> {
    return this.readTasks.done(userId, query);
  }
}
