import { z } from 'zod';
import { contract } from '../contract.js';
import { byId, id, instant, localDate, pageOf, pageQuery } from '../fields.js';
import { sealedCopy } from '../marks.js';
import { person, route } from '../route.js';
import { goalTitlePlace } from './goals.js';
import { taskTitle } from './tasks.js';

/** What the notification is about; a client writes its words from the kind. `title` is that of the task or goal. */
const notificationShape = z
  .object({
    id, kind: z.enum(['reminder', 'story_generated', 'goal_achieved']), title: sealedCopy([taskTitle, goalTitlePlace], z.string().nullable()), task_id: id.nullable(), story_id: id.nullable(), goal_id: id.nullable(),
    local_date: localDate.nullable(), due_at: instant.nullable(), created_at: instant, read_at: instant.nullable(),
  })
  .meta({ id: 'Notification', title: 'Notification' });

export const listNotifications = route({
  name: 'listNotifications', summary: 'My notifications, newest first', method: 'GET', path: '/api/v1/notifications', service: 'notify', audience: person('read:own_data'),
  query: pageQuery.extend({ unread: z.enum(['true', 'false']).optional() }), response: contract(pageOf(notificationShape)), status: 200,
});
export const readNotification = route({
  name: 'readNotification', summary: 'Mark a notification as read', method: 'POST', path: '/api/v1/notifications/:id/read', service: 'notify', audience: person('write:own_data'), params: byId, response: contract(notificationShape), status: 200,
});
