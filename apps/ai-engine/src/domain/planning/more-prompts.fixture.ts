import type { LifeArea } from '@selfos/kernel';
import type { Expectation, Prompt } from './prompts.fixture.js';

const DAILY = 'FREQ=DAILY';
const WEEKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';
const WEEKLY = /^FREQ=WEEKLY;BYDAY=[A-Z]{2}$/;
const MORNING = ['05:00', '11:00'] as const;
const EVENING = ['17:00', '22:30'] as const;
const ANY_DAY = ['2026-03-05', '2027-12-31'] as const;

type More = Omit<Expectation, 'area'>;
const on = (date: string): readonly [string, string] => [date, date];
const at = (time: string): readonly [string, string] => [time, time];
const exactly = (minutes: number): readonly [number, number] => [minutes, minutes];
const of = (...area: LifeArea[]) => (message: string, more: More = {}): Prompt => ({ message, expect: { area, ...more } });

const health = of('health');
const HEALTH: readonly Prompt[] = [
  health('Remind me to take my vitamins every morning at 8', { rrule: DAILY, time: at('08:00'), title: /vitamins/i }),
  health('Can you schedule a 45 minute bike ride for Saturday afternoon?', { rrule: null, date: on('2026-03-07'), minutes: exactly(45), title: /bike ride/i }),
  health('walk the dog twice a day', { rrule: DAILY, title: /dog/i }),
  health('I need to quit smoking', { goal: ANY_DAY }),
  health('Physio exercises for 15 minutes, three times a day', { rrule: DAILY, minutes: exactly(15), title: /physio/i }),
  health('Go to the gym on Monday and Thursday evenings', { rrule: 'FREQ=WEEKLY;BYDAY=MO,TH', time: EVENING, date: on('2026-03-05'), title: /gym/i }),
  health('dentist on Friday at 3pm', { rrule: null, date: on('2026-03-06'), time: at('15:00'), minutes: exactly(30) }),
  health('Blood test next Monday at 8:15', { rrule: null, date: on('2026-03-09'), time: at('08:15'), title: /blood test/i }),
  health('I want to run a 10k in October', { goal: ['2026-10-01', '2026-10-31'] }),
  health('Eat a salad for lunch on weekdays', { rrule: WEEKDAYS, title: /salad/i }),
  health('No screens after 9pm every night', { rrule: DAILY, time: at('21:00'), title: /screens/i }),
  health('Stretch every two hours'),
  health('I want to eat healthier and stop snacking at night', { rrule: DAILY }),
  health('Schedule my annual check-up in two months', { rrule: null, date: on('2026-05-04'), title: /check-up/i }),
  health('Pilates every second Thursday from 18:30 to 19:30', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', time: at('18:30'), minutes: exactly(60), title: /pilates/i }),
];

const career = of('career');
const CAREER: readonly Prompt[] = [
  career('Finish the budget report for my boss by Friday at 5pm', { rrule: null, due: on('2026-03-06'), title: /budget report/i }),
  career('Update my LinkedIn profile this weekend', { rrule: null, date: ['2026-03-07', '2026-03-08'], title: /linkedin/i }),
  career('Team standup every weekday at 9:15 for 15 minutes', { rrule: WEEKDAYS, time: at('09:15'), minutes: exactly(15), title: /standup/i }),
  career('I want to change careers', { goal: ANY_DAY }),
  career('One-on-one with my manager every other Wednesday at 2pm', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE', time: at('14:00'), title: /manager/i }),
  career('Send the invoice to the client tomorrow morning', { rrule: null, date: on('2026-03-05'), time: MORNING, title: /invoice/i }),
  career('Prepare for my job interview on March 12th', { title: /interview/i }),
  career('Clear my inbox every day before lunch', { rrule: DAILY, title: /inbox/i }),
  career('Help me ask for a promotion', { title: /promotion|raise|ask/i }),
  career('Practice my presentation for 20 minutes tonight', { rrule: null, date: on('2026-03-04'), minutes: exactly(20), title: /presentation/i }),
  career('Review the quarterly report by the end of the month', { rrule: null, due: on('2026-03-31'), title: /report/i }),
  career('I keep missing deadlines at work', { minutes: [1, 30] }),
  career('Call the recruiter in two hours', { rrule: null, date: on('2026-03-04'), time: at('11:00'), title: /recruiter/i }),
  career('Work on my portfolio website for an hour every Saturday', { rrule: 'FREQ=WEEKLY;BYDAY=SA', minutes: exactly(60), title: /portfolio/i }),
];

const relationships = of('relationships');
const RELATIONSHIPS: readonly Prompt[] = [
  relationships('plan my wedding on June 12 2027', { goal: on('2027-06-12'), date: on('2026-03-05'), minutes: [1, 15], title: /wedding/i }),
  relationships('Call grandpa on his birthday, March 21', { rrule: null, title: /grandpa/i }),
  relationships('Have coffee with Anna next Tuesday at 4', { rrule: null, date: on('2026-03-10'), time: at('16:00'), title: /anna/i }),
  relationships('Family dinner every Sunday at 6pm', { rrule: 'FREQ=WEEKLY;BYDAY=SU', time: at('18:00'), title: /dinner/i }),
  relationships('I want to be a better listener to my husband'),
  relationships('Read to my kids every night before bed', { rrule: DAILY, time: ['18:00', '22:30'], title: /kids/i }),
  relationships('Write to my friend Paul once a month', { rrule: /^FREQ=MONTHLY/, title: /paul/i }),
  relationships('Plan our wedding anniversary dinner by May 20', { rrule: null, due: on('2026-05-20'), title: /anniversary/i }),
  relationships('Help my son with homework on Mondays, Tuesdays and Thursdays at 17:30', { rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,TH', time: at('17:30'), title: /homework/i }),
  relationships('I miss my old friends', { minutes: [1, 60] }),
  relationships('Apologise to my sister today', { rrule: null, date: on('2026-03-04'), title: /sister/i }),
  relationships('Video call with my parents every second Sunday at 11am', { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', time: at('11:00'), title: /parents/i }),
  relationships('Invite the neighbours for dinner next Friday', { rrule: null, title: /neighbours/i }),
  relationships('Take my daughter to the zoo on the 14th', { rrule: null, date: on('2026-03-14'), title: /zoo/i }),
  relationships('Spend less time arguing with my teenage son'),
];

const creativity = of('creativity');
const CREATIVITY: readonly Prompt[] = [
  creativity('Sketch for 10 minutes each morning', { rrule: DAILY, time: MORNING, minutes: exactly(10), title: /sketch/i }),
  creativity('I want to record an album this year', { goal: on('2026-12-31') }),
  creativity('Write a poem every Friday', { rrule: 'FREQ=WEEKLY;BYDAY=FR', date: on('2026-03-06'), title: /poem/i }),
  creativity('Pottery class Wednesdays at 7pm', { rrule: 'FREQ=WEEKLY;BYDAY=WE', time: at('19:00'), date: on('2026-03-04'), title: /pottery/i }),
  creativity('Take one photo a day', { rrule: DAILY, title: /photo/i }),
  creativity('Edit chapter three of my book by Sunday', { rrule: null, due: on('2026-03-08'), title: /chapter three/i }),
  creativity('Start a blog about cooking'),
  creativity('Learn to play the ukulele', { goal: ANY_DAY, title: /ukulele/i }),
  creativity('Practise violin Monday to Friday at 17:00 for 40 minutes', { rrule: WEEKDAYS, time: at('17:00'), minutes: exactly(40), title: /violin/i }),
  creativity('Knit a scarf before Christmas', { due: ['2026-12-24', '2026-12-25'], title: /scarf/i }),
  creativity('I want to paint more often', { title: /paint/i }),
  creativity('Submit my photos to the contest by April 30', { rrule: null, due: on('2026-04-30'), title: /photos/i }),
  creativity('Write my novel for 30 minutes every evening at 8pm', { rrule: DAILY, time: at('20:00'), minutes: exactly(30), title: /novel/i }),
];

const finance = of('finance');
const FINANCE: readonly Prompt[] = [
  finance('Pay the credit card bill on the 15th of every month', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=15', date: on('2026-03-15'), title: /credit card/i }),
  finance('Review my investments every quarter', { rrule: /^FREQ=MONTHLY;INTERVAL=3/, title: /investments/i }),
  finance('Save 200 euros a month', { rrule: /^FREQ=MONTHLY/, title: /200 euros/i }),
  finance('Renew my car insurance by June 1', { rrule: null, due: on('2026-06-01'), title: /insurance/i }),
  finance('I never know where my money goes'),
  finance('Pay off my student loan by the end of next year', { goal: on('2027-12-31') }),
  finance('Check my bank account every Monday morning', { rrule: 'FREQ=WEEKLY;BYDAY=MO', time: MORNING, date: on('2026-03-09'), title: /bank account/i }),
  finance('Call the bank about the mortgage tomorrow at 2pm', { rrule: null, date: on('2026-03-05'), time: at('14:00'), title: /mortgage/i }),
  finance('Make a budget for the holiday', { title: /budget/i }),
  finance('File my tax return before April 15', { rrule: null, due: on('2026-04-14'), title: /tax return/i }),
  finance('Stop buying coffee on workdays', { title: /coffee/i }),
  finance('Send the rent on the last day of every month', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1', title: /rent/i }),
  finance('Sell my old laptop this week', { rrule: null, due: on('2026-03-08'), title: /laptop/i }),
  finance('I want to retire early', { goal: ANY_DAY }),
];

const growth = of('personal_growth');
const GROWTH: readonly Prompt[] = [
  growth('Learn 5 new French words every day at lunch', { rrule: DAILY, time: ['11:30', '13:30'], title: /french words/i }),
  growth('Study for my driving test on Tuesdays and Fridays at 6pm', { rrule: 'FREQ=WEEKLY;BYDAY=TU,FR', time: at('18:00'), date: on('2026-03-06'), title: /driving test/i }),
  growth('Read one chapter before bed', { rrule: DAILY, time: EVENING, title: /chapter/i }),
  growth('I want to get up earlier', { rrule: DAILY }),
  growth('Tidy my desk every Friday afternoon for 10 minutes', { rrule: 'FREQ=WEEKLY;BYDAY=FR', time: ['12:00', '18:00'], minutes: exactly(10), title: /desk/i }),
  growth('Do the laundry every Sunday morning', { rrule: 'FREQ=WEEKLY;BYDAY=SU', time: MORNING, title: /laundry/i }),
  growth('Return the library books by Thursday', { rrule: null, due: on('2026-03-05'), title: /library books/i }),
  growth('Listen to a podcast on my commute on weekdays', { rrule: WEEKDAYS, title: /podcast/i }),
  growth('I want to learn to cook', { goal: ANY_DAY }),
  growth('Fix the leaking tap on Saturday at 10', { rrule: null, date: on('2026-03-07'), time: at('10:00'), title: /tap/i }),
  growth('Write in my journal for 5 minutes every evening', { rrule: DAILY, time: EVENING, minutes: exactly(5), title: /journal/i }),
  growth('Renew my passport within three weeks', { rrule: null, title: /passport/i }),
  growth('Finish my online course by the end of May', { due: on('2026-05-31'), title: /course/i }),
  growth('I waste too much time on social media', { rrule: DAILY }),
];

const spirituality = of('spirituality');
const SPIRITUALITY: readonly Prompt[] = [
  spirituality('Meditate for 20 minutes every day at 6am', { rrule: DAILY, time: at('06:00'), minutes: exactly(20), title: /meditat/i }),
  spirituality('Read the Bible each morning with my coffee', { rrule: DAILY, time: MORNING, title: /bible/i }),
  spirituality('Light a candle for grandma on Sunday', { rrule: null, date: on('2026-03-08'), title: /candle/i }),
  spirituality('I want to be more grateful', { minutes: [1, 30] }),
  spirituality('Friday prayers at 1pm every week', { rrule: /^FREQ=WEEKLY/, title: /prayers/i }),
  spirituality('Sit in silence for 10 minutes twice a week', { rrule: 'FREQ=WEEKLY;BYDAY=TU,FR', minutes: exactly(10), title: /silence/i }),
  spirituality('Volunteer at the shelter every Saturday morning', { rrule: 'FREQ=WEEKLY;BYDAY=SA', time: MORNING, title: /shelter/i }),
  spirituality('Go on a pilgrimage in September', { title: /pilgrimage/i }),
  spirituality('Say grace before dinner every day', { rrule: DAILY, time: ['17:00', '20:00'], title: /grace/i }),
  spirituality('Reflect on my values once a week', { rrule: WEEKLY, title: /values/i }),
  spirituality('I feel empty inside', { minutes: [1, 30] }),
  spirituality('Go to the temple on the first of every month', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=1', date: on('2026-04-01'), title: /temple/i }),
  spirituality('Practise mindful walking at lunch on Mondays', { rrule: 'FREQ=WEEKLY;BYDAY=MO', time: ['11:30', '13:30'], title: /walking/i }),
  spirituality('pray more', { rrule: DAILY, goal: ANY_DAY }),
  spirituality('Find ten minutes for prayer tonight', { rrule: null, date: on('2026-03-04'), time: EVENING, title: /prayer/i }),
];

/** More sentences over the seven areas, with harder times and looser wishes. Written before the planner was changed for them. */
export const MORE_PROMPTS: readonly Prompt[] = [...HEALTH, ...CAREER, ...RELATIONSHIPS, ...CREATIVITY, ...FINANCE, ...GROWTH, ...SPIRITUALITY];
