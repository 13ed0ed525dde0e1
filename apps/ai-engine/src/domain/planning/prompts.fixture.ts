import type { LifeArea } from '@selfos/kernel';
import type { PlanContext } from './plan.js';

export interface Expectation {
  /** The first task's area is one of these. */
  readonly area: readonly LifeArea[];
  /** The RRULE of the first task; null for a single occurrence; absent when any will do. */
  readonly rrule?: string | RegExp | null;
  /** Earliest and latest wall time. */
  readonly time?: readonly [string, string];
  readonly minutes?: readonly [number, number];
  /** Earliest and latest local date of the first occurrence. */
  readonly date?: readonly [string, string];
  readonly due?: readonly [string, string];
  readonly title?: RegExp;
  /** A goal is expected, with a target date in these bounds. */
  readonly goal?: readonly [string, string];
}

export interface Prompt {
  readonly message: string;
  readonly expect: Expectation;
  readonly context?: PlanContext;
  /** Local wall time of the sentence; by default Wednesday, 4 March 2026, 09:00. */
  readonly at?: string;
  readonly zone?: string;
}

const DAILY = 'FREQ=DAILY';
const WEEKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';
const MORNING = ['05:00', '10:00'] as const;
const EVENING = ['17:00', '22:30'] as const;
const ANY_DAY = ['2026-03-05', '2027-12-31'] as const;

const on = (date: string): readonly [string, string] => [date, date];
const at = (time: string): readonly [string, string] => [time, time];
const exactly = (minutes: number): readonly [number, number] => [minutes, minutes];

const HEALTH: readonly Prompt[] = [
  { message: 'I want to start exercising regularly', context: { lifeAreas: ['health'], currentMood: 'motivated', availableTime: 30 }, expect: { area: ['health'], rrule: DAILY, time: ['06:00', '08:30'], minutes: [5, 30], title: /morning 15-min workout/i } },
  { message: 'I want to sleep better', expect: { area: ['health'], rrule: DAILY, time: ['20:00', '23:00'], minutes: [5, 30] } },
  { message: 'Go for a run every Monday, Wednesday and Friday at 6:30am', expect: { area: ['health'], rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', time: at('06:30'), date: on('2026-03-06'), title: /run/i } },
  { message: 'Do yoga 3 times a week for 20 minutes in the evening', expect: { area: ['health'], rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', time: EVENING, minutes: exactly(20), title: /yoga/i } },
  { message: 'Book a dentist appointment tomorrow at 10am', at: '2026-03-04T23:30', zone: 'America/Los_Angeles', expect: { area: ['health'], rrule: null, date: on('2026-03-05'), time: at('10:00'), title: /dentist/i } },
  { message: "I'd like to drink more water", expect: { area: ['health'], rrule: DAILY, title: /water/i } },
  { message: 'Help me lose 5 kg by the end of June', expect: { area: ['health'], goal: on('2026-06-30') } },
  { message: "I'm exhausted and my back hurts from sitting all day", expect: { area: ['health'], minutes: [1, 10] } },
  { message: 'Swim every other Tuesday at 19:00', expect: { area: ['health'], rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', time: at('19:00'), date: on('2026-03-10'), title: /swim/i } },
  { message: 'I want to quit smoking', expect: { area: ['health'], rrule: DAILY, title: /smok|craving/i } },
  { message: 'Take a walk on weekdays after lunch', expect: { area: ['health'], rrule: WEEKDAYS, time: ['12:30', '14:30'], title: /walk/i } },
  { message: 'Refill my prescription in two weeks', expect: { area: ['health'], rrule: null, date: on('2026-03-18'), title: /prescription/i } },
];

const CAREER: readonly Prompt[] = [
  { message: 'Finish the quarterly report by Friday', expect: { area: ['career'], rrule: null, due: on('2026-03-06'), title: /finish the quarterly report/i } },
  { message: 'I want to get a promotion this year', expect: { area: ['career'], goal: on('2026-12-31') } },
  { message: 'Update my CV this weekend', expect: { area: ['career'], rrule: null, date: ['2026-03-07', '2026-03-08'], title: /cv/i } },
  { message: 'Email my manager about the project next Monday at 14:00', expect: { area: ['career'], rrule: null, date: on('2026-03-09'), time: at('14:00'), title: /manager/i } },
  { message: 'Prepare for my job interview on March 20', expect: { area: ['career'], due: on('2026-03-20'), date: ['2026-03-04', '2026-03-20'], title: /interview/i } },
  { message: 'Learn Python for work, 30 minutes every weekday', expect: { area: ['career'], rrule: WEEKDAYS, minutes: exactly(30), title: /python/i } },
  { message: 'Plan my work day every morning at 8:30', expect: { area: ['career'], rrule: DAILY, time: at('08:30') } },
  { message: 'Network with people in my industry twice a month', expect: { area: ['career'], rrule: /^FREQ=WEEKLY;INTERVAL=2;BYDAY=[A-Z]{2}$/ } },
  { message: 'I feel stuck in my job', expect: { area: ['career'], minutes: [5, 60] } },
  { message: 'Focus block from 9 to 11 every weekday', expect: { area: ['career'], rrule: WEEKDAYS, time: at('09:00'), minutes: exactly(120), title: /focus/i } },
];

const RELATIONSHIPS: readonly Prompt[] = [
  { message: 'Call my mother every Sunday at 5pm', expect: { area: ['relationships'], rrule: 'FREQ=WEEKLY;BYDAY=SU', time: at('17:00'), date: on('2026-03-08'), title: /call .*mother/i } },
  { message: 'I want to spend more time with my kids', context: { availableTime: 45 }, expect: { area: ['relationships'], minutes: [5, 45], title: /kids|child/i } },
  { message: 'Plan a date night with my wife every other Friday', expect: { area: ['relationships'], rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', time: EVENING, title: /date night/i } },
  { message: 'I want to make new friends', expect: { area: ['relationships'] } },
  { message: 'Buy a birthday present for Tom by March 15', expect: { area: ['relationships'], rrule: null, due: on('2026-03-15'), title: /present for Tom/ } },
  { message: 'Text my brother tonight', expect: { area: ['relationships'], rrule: null, date: on('2026-03-04'), time: EVENING, title: /brother/i } },
  { message: 'Have dinner with my parents once a week', expect: { area: ['relationships'], rrule: /^FREQ=WEEKLY;BYDAY=[A-Z]{2}$/, time: EVENING, title: /dinner with my parents/i } },
  { message: 'I feel lonely lately', expect: { area: ['relationships'], minutes: [1, 10] } },
  { message: 'Write a thank-you letter to grandma in 3 days', expect: { area: ['relationships'], rrule: null, date: on('2026-03-07'), title: /thank-you letter/i } },
];

const CREATIVITY: readonly Prompt[] = [
  { message: 'I want to write a novel', expect: { area: ['creativity'], goal: ANY_DAY } },
  { message: 'Practice guitar for 20 minutes every day at 6pm', expect: { area: ['creativity'], rrule: DAILY, time: at('18:00'), minutes: exactly(20), title: /guitar/i } },
  { message: 'Draw something every evening', expect: { area: ['creativity'], rrule: DAILY, time: EVENING, title: /draw/i } },
  { message: 'Start a photography project this month', expect: { area: ['creativity'], title: /photo/i } },
  { message: 'Paint on Saturdays', expect: { area: ['creativity'], rrule: 'FREQ=WEEKLY;BYDAY=SA', date: on('2026-03-07'), title: /paint/i } },
  { message: "I'd like to learn the piano", expect: { area: ['creativity'], goal: ANY_DAY, title: /piano/i } },
  { message: 'Write 500 words every weekday before work', expect: { area: ['creativity'], rrule: WEEKDAYS, time: MORNING, title: /500 words/i } },
  { message: 'Submit my short story to the magazine before 1 April', expect: { area: ['creativity'], rrule: null, due: ['2026-03-31', '2026-04-01'], title: /short story/i } },
  { message: 'I have a creative block', expect: { area: ['creativity'] } },
];

const FINANCE: readonly Prompt[] = [
  { message: 'Save 3000 euros by December', expect: { area: ['finance'], goal: ['2026-11-30', '2026-12-31'] } },
  { message: 'Pay the electricity bill on Thursday', expect: { area: ['finance'], rrule: null, date: on('2026-03-05'), title: /pay the electricity bill/i } },
  { message: 'I want to get out of debt', expect: { area: ['finance'], rrule: /^FREQ=WEEKLY/, goal: ANY_DAY } },
  { message: 'Review my budget every Sunday evening', expect: { area: ['finance'], rrule: 'FREQ=WEEKLY;BYDAY=SU', time: EVENING, title: /budget/i } },
  { message: 'Track my spending daily', expect: { area: ['finance'], rrule: DAILY, title: /spending/i } },
  { message: 'Do my taxes by April 15', expect: { area: ['finance'], rrule: null, due: on('2026-04-15'), title: /taxes/i } },
  { message: 'Cancel unused subscriptions next week', expect: { area: ['finance'], rrule: null, date: ['2026-03-09', '2026-03-15'], title: /subscriptions/i } },
  { message: 'I want to start investing', expect: { area: ['finance'], title: /invest/i } },
  { message: 'Move 50 dollars to savings every two weeks', expect: { area: ['finance'], rrule: /^FREQ=WEEKLY;INTERVAL=2/, title: /50 dollars/i } },
];

const GROWTH: readonly Prompt[] = [
  { message: 'Read 20 pages every night before bed', expect: { area: ['personal_growth'], rrule: DAILY, time: ['20:00', '23:00'], title: /20 pages/i } },
  { message: 'I want to learn Spanish', context: { availableTime: 20 }, expect: { area: ['personal_growth'], minutes: [5, 20], goal: ANY_DAY, title: /spanish/i } },
  { message: 'Help me stop procrastinating', expect: { area: ['personal_growth', 'career'], minutes: [1, 30] } },
  { message: 'I want to read 12 books this year', expect: { area: ['personal_growth'], goal: on('2026-12-31'), title: /read/i } },
  { message: 'Journal three times a week', expect: { area: ['personal_growth'], rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', title: /journal/i } },
  { message: 'Wake up at 6am every day', expect: { area: ['personal_growth', 'health'], rrule: DAILY, time: at('06:00'), date: on('2026-03-05'), title: /wake up/i } },
  { message: 'I should spend less time on my phone', expect: { area: ['personal_growth'], rrule: DAILY, title: /phone/i } },
  { message: 'Take an online course on statistics on Tuesdays and Thursdays at 19:30 for 45 minutes', expect: { area: ['personal_growth'], rrule: 'FREQ=WEEKLY;BYDAY=TU,TH', time: at('19:30'), minutes: exactly(45), date: on('2026-03-05'), title: /statistics/i } },
  { message: "I'd like to become more confident at public speaking", expect: { area: ['personal_growth', 'career'], goal: ANY_DAY } },
  { message: 'Declutter the garage on Saturday morning', expect: { area: ['personal_growth'], rrule: null, date: on('2026-03-07'), time: ['07:00', '11:30'], title: /garage/i } },
];

const SPIRITUALITY: readonly Prompt[] = [
  { message: 'Meditate for 10 minutes every morning', expect: { area: ['spirituality'], rrule: DAILY, time: MORNING, minutes: exactly(10), title: /meditat/i } },
  { message: 'I want to feel more at peace', expect: { area: ['spirituality'], minutes: [3, 30] } },
  { message: 'Pray every night at 9:30pm', expect: { area: ['spirituality'], rrule: DAILY, time: at('21:30'), title: /pray/i } },
  { message: 'Go to church on Sundays at 10', expect: { area: ['spirituality'], rrule: 'FREQ=WEEKLY;BYDAY=SU', time: at('10:00'), title: /church/i } },
  { message: 'Practice gratitude daily', expect: { area: ['spirituality', 'personal_growth'], rrule: DAILY, title: /grat/i } },
  { message: 'Spend time in nature every weekend', expect: { area: ['spirituality', 'health'], rrule: /^FREQ=WEEKLY;BYDAY=(SA|SU|SA,SU)$/, title: /nature/i } },
  { message: 'Read the Quran after dinner every day', expect: { area: ['spirituality'], rrule: DAILY, time: ['19:00', '21:30'], title: /quran/i } },
  { message: 'I want to find more meaning in my life', expect: { area: ['spirituality'] } },
  { message: 'Plan a silent retreat in May', expect: { area: ['spirituality'], rrule: null, due: ['2026-05-01', '2026-05-31'], title: /retreat/i } },
  { message: 'Mindful breathing twice a day for 5 minutes', expect: { area: ['spirituality', 'health'], rrule: DAILY, minutes: exactly(5), title: /breath/i } },
];

const row = (message: string, area: LifeArea, more: Omit<Expectation, 'area'> = {}): Prompt => ({ message, expect: { area: [area], ...more } });

/** More of the same, as they come: short, long, with slips, with several times. */
const AS_THEY_COME: readonly Prompt[] = [
  row('Run 5k every Saturday morning', 'health', { rrule: 'FREQ=WEEKLY;BYDAY=SA', time: MORNING, title: /run 5k/i }),
  row('Meal prep on Sundays at 4pm for 2 hours', 'health', { rrule: 'FREQ=WEEKLY;BYDAY=SU', time: at('16:00'), minutes: exactly(120) }),
  row('Stretch for 10 minutes before bed', 'health', { rrule: DAILY, time: ['20:00', '23:00'], minutes: exactly(10) }),
  row('Take my pills at 8am and 8pm every day', 'health', { rrule: DAILY, time: at('08:00'), minutes: [1, 10] }),
  row('gym tues & thurs 6-7pm', 'health', { rrule: 'FREQ=WEEKLY;BYDAY=TU,TH', time: at('18:00'), minutes: exactly(60) }),
  row('I keep waking up at night', 'health', { rrule: DAILY, time: EVENING }),
  row('My doctor says I should lower my blood pressure', 'health', { title: /walk/i }),
  row('Train for a half marathon in September', 'health', { goal: ['2026-09-01', '2026-09-30'] }),
  row('Prepare the presentation for the board meeting on Tuesday at 3pm', 'career', { rrule: null, due: on('2026-03-10') }),
  row('Apply to three jobs this week', 'career', { rrule: null, due: on('2026-03-08') }),
  row('Write my weekly status report every Friday at 4pm', 'career', { rrule: 'FREQ=WEEKLY;BYDAY=FR', time: at('16:00') }),
  row('Follow up with the recruiter in 3 days', 'career', { rrule: null, date: on('2026-03-07') }),
  row('Learn to code', 'career', { goal: ANY_DAY, title: /coding/i }),
  row('I have too many meetings', 'career', { rrule: WEEKDAYS }),
  row('Visit grandma every second Sunday', 'relationships', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', date: on('2026-03-08') }),
  row('Spend Saturday afternoons with my daughter', 'relationships', { rrule: 'FREQ=WEEKLY;BYDAY=SA', time: ['12:00', '17:00'] }),
  row('I argue a lot with my partner', 'relationships'),
  row('Host game night once a month', 'relationships', { rrule: /^FREQ=MONTHLY/ }),
  row('Send my sister a birthday card by May 3rd', 'relationships', { due: on('2026-05-03') }),
  row('Practice piano 4 times a week for half an hour', 'creativity', { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,TH,FR', minutes: exactly(30) }),
  row('Go to a museum every month', 'creativity', { rrule: /^FREQ=MONTHLY/ }),
  row('Finish the first draft of my screenplay by October 1', 'creativity', { due: on('2026-10-01') }),
  row('Build an emergency fund of $5000', 'finance', { goal: ANY_DAY, rrule: /^FREQ=WEEKLY/ }),
  row('I spend too much on takeout', 'finance', { rrule: DAILY }),
  row('Pay rent on the 1st of every month', 'finance', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=1', date: on('2026-04-01') }),
  row('File my expense report by the 30th', 'finance', { due: on('2026-03-30') }),
  row('Learn 10 new words of Japanese every day', 'personal_growth', { rrule: DAILY, title: /10 new words/i }),
  row('Read before bed for 20 minutes', 'personal_growth', { rrule: DAILY, minutes: exactly(20), time: EVENING }),
  row('I have an exam in two weeks', 'personal_growth', { due: on('2026-03-18'), rrule: null }),
  row('Practice Spanish Mon/Wed/Fri at 7', 'personal_growth', { rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR', time: at('07:00') }),
  row('Attend mass every Sunday at 9', 'spirituality', { rrule: 'FREQ=WEEKLY;BYDAY=SU', time: at('09:00') }),
  row('Write a gratitude list each night', 'spirituality', { rrule: DAILY, time: EVENING }),
  row('Volunteer at the food bank twice a month', 'spirituality', { rrule: /^FREQ=WEEKLY;INTERVAL=2/ }),
  row('I feel lost and without purpose', 'spirituality', { minutes: [1, 15] }),
  row('Spend 30 minutes in nature on Sundays', 'spirituality', { rrule: 'FREQ=WEEKLY;BYDAY=SU', minutes: exactly(30) }),
];

/** Sentences as people say them, over the seven areas, with what a sensible plan holds. Written before the planner. */
export const PROMPTS: readonly Prompt[] = [...HEALTH, ...CAREER, ...RELATIONSHIPS, ...CREATIVITY, ...FINANCE, ...GROWTH, ...SPIRITUALITY, ...AS_THEY_COME];
