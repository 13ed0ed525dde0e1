import type { Turn } from '../turn.js';
import type { GoalSet, Op, TaskSet } from '../changes/change.js';
import type { Agenda, AgendaTask } from './agenda.js';

/** The sentences are said on Wednesday, 4 March 2026, at 09:00 in Paris. */
export const AGENDA_NOW = { zone: 'Europe/Paris', at: '2026-03-04T09:00' } as const;

const days = (...numbers: number[]): string[] => numbers.map((day) => `2026-03-${String(day).padStart(2, '0')}`);
const span = (from: number, to: number): string[] => days(...Array.from({ length: to - from + 1 }, (_, index) => from + index));
const daily = 'FREQ=DAILY';

const TASKS: readonly AgendaTask[] = [
  { id: 'run', title: '30-minute easy run', areas: ['health'], rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', time: '18:00', minutes: 30, due: days(4, 6, 9, 11, 13, 16), done: ['2026-02-27', ...days(2)] },
  { id: 'workout', title: 'Morning 15-min workout', areas: ['health'], rrule: daily, time: '07:00', minutes: 15, due: span(5, 17), done: ['2026-02-28', ...days(1, 2, 3, 4)] },
  { id: 'mother', title: 'Call my mother', areas: ['relationships'], rrule: 'FREQ=WEEKLY;BYDAY=SU', time: '17:00', minutes: 20, due: days(8, 15), done: days(1) },
  { id: 'report', title: 'Finish the quarterly report', areas: ['career'], time: '10:00', minutes: 60, due: days(5), done: [] },
  { id: 'dentist', title: 'Dentist appointment', areas: ['health'], time: '14:30', minutes: 45, due: days(6), done: [] },
  { id: 'read', title: 'Read for 20 minutes', areas: ['personal_growth'], goalId: 'books', rrule: daily, time: '21:30', minutes: 20, due: span(4, 17), done: days(2, 3) },
  { id: 'bill', title: 'Pay the electricity bill', areas: ['finance'], time: '18:30', minutes: 10, due: days(9), done: [] },
  { id: 'spanish', title: '15 minutes of Spanish', areas: ['personal_growth'], rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', time: '12:30', minutes: 15, due: days(4, 5, 6, 9, 10, 11, 12, 13, 16, 17), done: ['2026-02-26', '2026-02-27', ...days(2, 3)] },
  { id: 'tidy', title: 'Tidy the garage', areas: ['personal_growth'], time: '10:00', minutes: 90, due: days(7), done: [] },
];
export const AGENDA: Agenda = {
  tasks: TASKS,
  goals: [
    { id: 'talk', title: 'Hold a simple conversation in Spanish', targetDate: '2026-05-27', progress: 0.4 },
    { id: 'books', title: 'Read 12 books', targetDate: '2026-12-31', progress: 0.25 },
    { id: 'save', title: 'Save 3000 euros', targetDate: '2026-11-30', progress: 0.1 },
  ],
};

interface ExpectedChange {
  readonly op: Op;
  readonly taskId?: string;
  readonly goalId?: string;
  readonly localDate?: string;
  readonly set?: TaskSet & GoalSet;
  readonly type?: string;
  readonly text?: string;
}
export interface AgendaPrompt {
  readonly message: string;
  readonly history?: readonly Turn[];
  /** The records the answer rests on, in any order. */
  readonly cites?: readonly string[];
  readonly says?: RegExp;
  readonly never?: RegExp;
  /** Exactly these changes; of `set` what is named. */
  readonly changes?: readonly ExpectedChange[];
  /** It asks back, once, and changes nothing. */
  readonly asks?: true;
}

const ask = (message: string, cites: readonly string[], says: RegExp): AgendaPrompt => ({ message, cites, says, changes: [] });
const QUESTIONS: readonly AgendaPrompt[] = [
  ask('What is on my plate this week?', ['run', 'workout', 'mother', 'report', 'dentist', 'read', 'spanish', 'tidy'], /Finish the quarterly report: tomorrow at 10:00/),
  ask("what's next?", ['spanish'], /15 minutes of Spanish.*today at 12:30/),
  ask('What should I do next?', ['spanish'], /12:30/),
  ask('what do I have tomorrow?', ['workout', 'report', 'spanish', 'read'], /\b4 things\b.*\b110 minutes\b/s),
  ask("What's on for today?", ['run', 'spanish', 'read'], /\b3 things\b.*\b65 minutes\b/s),
  ask('how many workouts did I do this week?', ['run', 'workout'], /\b4 times\b/),
  ask('How often did I run this week?', ['run'], /\bonce\b/),
  ask('how many times did I practise Spanish in the last seven days?', ['spanish'], /\b4 times\b/),
  ask('am I on track with Spanish?', ['talk', 'spanish'], /\b40 %.*27 May/s),
  ask('How is my saving going?', ['save'], /\b10 %/),
  ask('Am I on track with my books?', ['books', 'read'], /\b25 %/),
  ask('When do I run next?', ['run'], /today at 18:00/),
  ask('When is my dentist appointment?', ['dentist'], /Friday 6 March at 14:30/),
  ask('What do I have on Friday?', ['run', 'workout', 'dentist', 'read', 'spanish'], /\b5 things\b/),
  ask('Do I have anything on Saturday?', ['workout', 'read', 'tidy'], /\b3 things\b/),
  ask('Am I free on Monday evening?', ['run', 'bill', 'read'], /18:00/),
  ask('How much time do I need tomorrow?', ['workout', 'report', 'spanish', 'read'], /\b110 minutes\b/),
  ask('What is due next week?', ['run', 'workout', 'mother', 'read', 'bill', 'spanish'], /Pay the electricity bill: Monday 9 March at 18:30/),
  ask('what did I do yesterday?', ['workout', 'read', 'spanish'], /\b3 things\b/),
  ask('Did I call my mother this week?', ['mother'], /not|no\b/i),
  ask('did I call my mother last Sunday?', ['mother'], /yes/i),
  ask('What are my goals?', ['talk', 'books', 'save'], /Save 3000 euros.*10 %/s),
  ask('How many tasks do I have today?', ['run', 'spanish', 'read'], /\b3 things\b/),
  ask('Show me my schedule for the weekend', ['workout', 'read', 'tidy', 'mother'], /Call my mother: Sunday 8 March at 17:00/),
  ask('What have I finished today?', ['workout'], /Morning 15-min workout/),
  ask('list my tasks', ['run', 'workout', 'mother', 'report', 'dentist', 'read', 'bill', 'spanish', 'tidy'], /Tidy the garage/),
  ask('Anything for health tomorrow?', ['workout'], /Morning 15-min workout/),
  ask('What is on my plate in June?', [], /\b14 days\b/),
  ask('when do I go swimming?', [], /nothing|no task|not/i),
  ask('How far am I with the Spanish goal?', ['talk', 'spanish'], /\b40 %/),
];

const change = (message: string, ...changes: ExpectedChange[]): AgendaPrompt => ({ message, changes });
const done = (taskId: string, localDate = '2026-03-04'): ExpectedChange => ({ op: 'complete_task', taskId, localDate });
const cancel = (taskId: string): ExpectedChange => ({ op: 'cancel_task', taskId });
const set = (taskId: string, what: TaskSet): ExpectedChange => ({ op: 'update_task', taskId, set: what });
const COMMANDS: readonly AgendaPrompt[] = [
  change('I did my run today', done('run')),
  change('done with the report', done('report')),
  change('I finished the quarterly report', done('report')),
  change('I called my mother yesterday', done('mother', '2026-03-03')),
  change('I paid the electricity bill', done('bill')),
  change('Mark Spanish as done', done('spanish')),
  change('Spanish is done', done('spanish')),
  change('tick off the dentist', done('dentist')),
  change('I went for a run this morning', done('run')),
  change('I just tidied the garage', done('tidy')),
  change('I read for 20 minutes', done('read')),
  change('I did my run and my Spanish today', done('run'), done('spanish')),
  change('cancel my workout', cancel('workout')),
  change('Delete the dentist appointment please', cancel('dentist')),
  change('drop Spanish', cancel('spanish')),
  change('remove the garage task', cancel('tidy')),
  change("I don't want to run anymore", cancel('run')),
  change('push the report to Friday', set('report', { date: '2026-03-06' })),
  change('Move the dentist appointment to Monday at 9', set('dentist', { date: '2026-03-09', time: '09:00' })),
  change('Postpone tidying the garage to next Saturday', set('tidy', { date: '2026-03-14' })),
  change('move my run to 7 pm', set('run', { time: '19:00' })),
  change('Do Spanish at 8 in the morning instead', set('spanish', { time: '08:00' })),
  change('make my workout 20 minutes', set('workout', { minutes: 20 })),
  change('no workout on weekends', set('workout', { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' })),
  change('Run on Tuesdays and Thursdays instead', set('run', { rrule: 'FREQ=WEEKLY;BYDAY=TU,TH' })),
  change('change the run to twice a week', set('run', { rrule: 'FREQ=WEEKLY;BYDAY=TU,FR' })),
  change('Rename the garage task to "Tidy the cellar"', set('tidy', { title: 'Tidy the cellar' })),
  change('Reschedule the electricity bill for tomorrow', set('bill', { date: '2026-03-05' })),
  change('The report is urgent', set('report', { priority: 5 })),
  change('shorten my reading to 10 minutes', set('read', { minutes: 10 })),
  change('I reached my savings goal', { op: 'achieve_goal', goalId: 'save' }),
  change('drop the goal to read 12 books', { op: 'cancel_goal', goalId: 'books' }),
  change('Move my Spanish goal to the end of July', { op: 'update_goal', goalId: 'talk', set: { targetDate: '2026-07-31' } }),
  change('My savings goal is at 30 %', { op: 'update_goal', goalId: 'save', set: { progress: 0.3 } }),
  change('Remember that my sister is called Ann', { op: 'remember', type: 'preference', text: 'my sister is called Ann' }),
  { message: 'cancel my swim', changes: [], says: /no task|nothing|find/i },
  { message: 'I did my workout today', changes: [], says: /already/i },
  { message: 'Cancel my gym membership tomorrow', changes: [{ op: 'create_task' }] },
  { message: 'Buy milk tomorrow, maybe', changes: [{ op: 'create_task' }], never: /maybe/i },
  { message: 'Clean the kitchen on Saturday I guess', changes: [{ op: 'create_task' }], never: /guess/i },
  { message: 'Write to Tom tomorrow if possible', changes: [{ op: 'create_task' }], never: /possible/i },
  { message: 'I did my run today and I want to drink more water', changes: [done('run'), { op: 'create_goal' }, { op: 'create_task' }] },
];

const said = (...texts: string[]): readonly Turn[] => texts.map((text, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', text }));
const PLANNED_RUN = said('Run three times a week', 'Here is the plan.\n• 30-minute easy run: on Monday, Wednesday and Friday at 18:00, from today.');
const PLANNED_TWO = said('Run and learn Spanish', '• 30-minute easy run: on Monday, Wednesday and Friday at 18:00, from today.\n• 15 minutes of Spanish: on weekdays at 12:30, from today.');
const follow = (message: string, what: TaskSet, history: readonly Turn[] = PLANNED_RUN): AgendaPrompt => ({ message, history, changes: [set('run', what)] });
const FOLLOW_UPS: readonly AgendaPrompt[] = [
  follow('make it 20 minutes', { minutes: 20 }),
  follow('move it to 8 pm', { time: '20:00' }),
  { message: 'not on weekends', history: said('Work out every morning', '• Morning 15-min workout: every day at 07:00, from today.'), changes: [set('workout', { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' })] },
  follow('not on Fridays', { rrule: 'FREQ=WEEKLY;BYDAY=MO,WE' }),
  follow('make it an hour earlier', { time: '17:00' }),
  follow('half an hour later please', { time: '18:30' }),
  follow('Tuesdays and Thursdays instead', { rrule: 'FREQ=WEEKLY;BYDAY=TU,TH' }),
  follow('make it daily', { rrule: daily }),
  follow('can we start tomorrow instead?', { date: '2026-03-05' }),
  follow("that's too long", { minutes: 15 }),
  follow('make it shorter', { minutes: 15 }),
  follow('in the morning instead', { time: '07:00' }),
  follow('call it Jog by the river', { title: 'Jog by the river' }),
  { message: 'cancel it', history: PLANNED_RUN, changes: [cancel('run')] },
  { message: 'actually, delete that', history: PLANNED_RUN, changes: [cancel('run')] },
  { message: 'done', history: PLANNED_RUN, changes: [done('run')] },
  { message: 'I did it', history: PLANNED_RUN, changes: [done('run')] },
  { message: 'move it to 8 pm', asks: true, says: /\?/ },
  { message: 'move the Spanish to 1 pm', history: PLANNED_TWO, changes: [set('spanish', { time: '13:00' })] },
  { message: 'cancel it', history: PLANNED_TWO, asks: true, says: /30-minute easy run.*15 minutes of Spanish|15 minutes of Spanish.*30-minute easy run/s },
  { message: 'cancel the exercise', asks: true, says: /\?/ },
  { message: 'the first one', history: [...PLANNED_TWO, ...said('cancel it', 'Which one do you mean: “30-minute easy run” or “15 minutes of Spanish”?')], changes: [cancel('run')] },
  { message: 'Spanish', history: [...PLANNED_TWO, ...said('cancel it', 'Which one do you mean: “30-minute easy run” or “15 minutes of Spanish”?')], changes: [cancel('spanish')] },
];

/** Short answers, wide orders, and words that only look like a change. */
const LOOSE: readonly AgendaPrompt[] = [
  change('I want to cancel my run', cancel('run')),
  change('Can you move my run to 7?', set('run', { time: '19:00' })),
  change('I need to reschedule the dentist for Monday', set('dentist', { date: '2026-03-09' })),
  { message: 'Set a reminder for the dentist at 2pm', changes: [{ op: 'create_task' }] },
  { message: 'skip my run today', changes: [], says: /leave .*easy run/i },
  { message: 'cancel all my tasks', changes: [], says: /one by one/ },
  { message: 'move everything to Monday', changes: [], says: /one by one/ },
  { message: 'Mark everything as done', changes: [], says: /one by one/ },
  { message: "Let's call it a day", history: PLANNED_RUN, changes: [] },
  { message: 'ok do it', history: PLANNED_RUN, changes: [] },
  { message: 'not today', history: PLANNED_RUN, changes: [] },
  { message: 'undo that', history: PLANNED_RUN, changes: [], says: /undo/i },
  { message: 'Is there anything overdue?', changes: [], cites: [], says: /nothing is overdue/i },
  { message: 'When did I last run?', changes: [], cites: ['run'], says: /Monday 2 March/ },
  { message: 'How am I doing?', changes: [], cites: ['talk', 'books', 'save'], says: /40 %/ },
  { message: 'Is Friday, March 6 2026 free?', changes: [], cites: ['run', 'workout', 'dentist', 'read', 'spanish'], says: /On Friday: 5 things/ },
  change('Move my morning workout to 8 pm', set('workout', { time: '20:00', title: 'Evening 15-min workout' })),
  { message: 'what are my tasks for work', changes: [], cites: ['report'], says: /quarterly report/ },
];

/** Questions about the agenda, commands over it, and what follows an answer. Written before the code that answers them. */
export const AGENDA_PROMPTS: readonly AgendaPrompt[] = [...QUESTIONS, ...COMMANDS, ...FOLLOW_UPS, ...LOOSE];
