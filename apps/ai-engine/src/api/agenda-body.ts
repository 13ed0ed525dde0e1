import type { Plain, routes } from '@selfos/contracts';
import type { Agenda } from '../domain/planning/agenda/agenda.js';

type AgendaBody = Plain<typeof routes.answerMessage.body>['agenda'];

/** What the backend tells of a person's tasks and goals, as the planner reads it. */
export function toAgenda({ tasks, goals, more_tasks: moreTasks }: AgendaBody): Agenda {
  return {
    tasks: tasks.map((task) => ({
      id: task.id, title: task.title, areas: task.life_areas, minutes: task.duration_minutes, due: task.next, done: task.done, date: task.start_date, overdue: task.overdue,
      ...(task.recurring_pattern === null ? {} : { rrule: task.recurring_pattern }),
      ...(task.scheduled_time === null ? {} : { time: task.scheduled_time }),
      ...(task.parent_goal_id === null ? {} : { goalId: task.parent_goal_id }),
    })),
    goals: goals.filter(({ status }) => status === 'active').map(({ id, title, target_date: targetDate, progress }) => ({ id, title, targetDate, progress })),
    moreTasks,
  };
}
