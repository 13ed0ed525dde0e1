import type { Practice } from './practice.js';

export const CAREER: readonly Practice[] = [
  {
    id: 'career.promotion', area: 'career', pattern: /\b(?:promot(?:ion|ed)|(?:a )?rais(?:e|ed) (?:at work|in salary)|more responsib\w+|become (?:a )?(?:senior|lead|manager))\b/i,
    title: 'Write down this week’s results at work', description: 'Three lines: what you did, what changed because of it, who saw it.', why: 'A record of results is what a talk about promotion is made of.', minutes: 15, energy: 2, repeat: 'every Friday', at: 'at 16:00', small: 'Write down one result of this month',
    goal: { title: 'Get a promotion', vision: 'To do work of a wider scope, and be paid for it.', metric: '12 weekly records of results and 1 talk with your manager about the next role', milestone: 'Ask your manager what the next role takes', horizon: 'in 6 months', milestoneIn: 'in 4 weeks' },
  },
  {
    id: 'career.stuck', area: 'career', trouble: true, pattern: /\b(?:(?:stuck|unhappy|bored|miserable|lost) (?:in|at|with) (?:my )?(?:job|work|career)|hate my job)\b/i,
    title: 'Write what drains you and what gives you energy at work', description: 'Two columns, ten lines. No decision yet.', why: 'It is easier to change a thing once it has a name.', minutes: 15, energy: 2, repeat: 'every Friday', at: 'at 17:00', small: 'Write one line: what drained you today', media: ['ncs-skills'],
  },
  {
    id: 'career.job', area: 'career', pattern: /\b(?:(?:new|another|a different|better) job|job (?:hunt|search)\w*|apply(?:ing)? (?:for|to) (?:jobs?|positions?)|chang(?:e|ing) (?:careers?|jobs?)|find (?:a )?(?:job|work))\b/i,
    title: 'Work on one job application', description: 'Read one advertisement closely and change the first half page of your CV to fit it.', why: 'One that fits beats five that do not.', minutes: 30, energy: 3, repeat: '3 times a week', at: 'at 19:00', small: 'Save one advertisement that interests you',
    goal: { title: 'Find a new job', vision: 'To spend your working days on something that suits you.', metric: '10 applications sent and 3 talks held', milestone: 'CV up to date and 3 applications sent', horizon: 'in 4 months', milestoneIn: 'in 3 weeks' }, media: ['ncs-skills'],
  },
  {
    id: 'career.interview', area: 'career', pattern: /\b(?:interviews?)\b/i,
    title: 'Practise answers for your interview', description: 'Say out loud: why this work, one thing you did well, one that went wrong, two questions of yours.', why: 'Said out loud once, it comes easier.', minutes: 30, energy: 3, repeat: '', at: 'at 18:00', small: 'Write your two questions', media: ['ncs-interview'],
  },
  {
    id: 'career.cv', area: 'career', pattern: /\b(?:cv|résumé|resume|portfolio|linkedin|cover letter)\b/i,
    title: 'Update your CV', description: 'Add the last year, cut the oldest half.', why: 'The last year is what is read.', minutes: 45, energy: 3, repeat: '', at: 'at 10:00', small: 'Open the file and add one line', media: ['ncs-cv'],
  },
  {
    id: 'career.focus', area: 'career', trouble: true, pattern: /\b(?:focus(?:ed)?|deep work|miss(?:ing|ed)? (?:my )?deadlines|concentrat\w+|distract\w+|productiv\w+|too many meetings)\b/i,
    title: '{n} minutes of focus on one task', description: 'Notifications off, one task, a timer. A break afterwards.', why: 'One protected block a day carries the hard work.', minutes: 45, energy: 4, repeat: 'every weekday', at: 'at 09:00', small: 'Turn off notifications for 10 minutes',
  },
  {
    id: 'career.planning', area: 'career', pattern: /\b(?:plan (?:my|the) (?:work ?)?(?:day|week)|organi[sz]e my work|to-?do list|overview|work day)\b/i,
    title: 'Plan your work day', description: 'Three tasks that matter, the first one named.', why: 'Three are enough to steer by.', minutes: 10, energy: 2, repeat: 'every weekday', at: 'at 08:30', small: 'Name the one task that matters tomorrow',
  },
  {
    id: 'career.network', area: 'career', pattern: /\b(?:network(?:ing)?|mentors?|industry|conferences?|meet ?ups?)\b/i,
    title: 'Write to one person in your field', description: 'Ask one concrete question, or share one thing that helped you.', why: 'One message a time keeps a network alive.', minutes: 15, energy: 2, repeat: 'every two weeks', at: 'at 12:30', small: 'List three people you would like to hear from',
  },
  {
    id: 'career.business', area: 'career', pattern: /\b(?:(?:start|launch|build)(?:ing)? (?:a|my own|my) (?:business|company|startup|shop|side ?project)|freelanc\w+|self-employed)\b/i,
    title: 'Work on your business for {n} minutes', description: 'One step that a customer would notice.', why: 'A step that a customer notices shows whether the idea holds.', minutes: 45, energy: 4, repeat: '3 times a week', at: 'at 19:00', small: 'Write one sentence: who is it for, and what does it do for them?',
    goal: { title: 'Start your business', vision: 'To earn with something of your own.', metric: '5 talks with possible customers and 1 first sale', milestone: 'Hold 5 talks with possible customers', horizon: 'in 6 months', milestoneIn: 'in 6 weeks' },
  },
  {
    id: 'career.skill', area: 'career', pattern: /\b(?:learn(?:ing)?|study(?:ing)?|improve|get better at|certif\w+) (?:my )?(?<subject>python|java(?:script)?|typescript|excel|sql|programming|coding|(?:to )?code|design|accounting|marketing|project management|data science|machine learning|leadership|negotiation)\b/i,
    title: '{n} minutes of {subject}', description: 'One lesson, then one thing made with it.', why: 'What you make yourself stays.', minutes: 25, energy: 3, repeat: 'every weekday', at: 'at 18:30', small: 'Do the first lesson for 10 minutes',
    goal: { title: 'Learn {subject}', vision: 'To be able to use it at work.', metric: '40 sessions and 1 finished piece of work', milestone: 'First small piece of work finished', horizon: 'in 12 weeks', milestoneIn: 'in 4 weeks' }, media: ['mit-ocw', 'khan'],
  },
  {
    id: 'career.balance', area: 'career', pattern: /\b(?:work[- ]life balance|overtime|stop working late|too much work|workload|stress(?:ed)? (?:at|by|from|about) work)\b/i,
    title: 'Close your work day', description: 'Write the first task of tomorrow, close everything, leave.', why: 'An ending with a note lets the head leave too.', minutes: 10, energy: 1, repeat: 'every weekday', at: 'at 17:30', small: 'Write the first task of tomorrow on paper', media: ['who-stress'],
  },
];
