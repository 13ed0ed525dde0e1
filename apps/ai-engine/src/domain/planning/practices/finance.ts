import type { Practice } from './practice.js';

export const FINANCE: readonly Practice[] = [
  {
    id: 'finance.save', area: 'finance', aim: true, pattern: /\bsav(?:e|ing) (?:up )?(?<subject>(?:[€$£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|\$|£|euros?|dollars?|pounds|k)|(?:more )?money)(?: for [a-z ]{2,30})?)/i,
    title: 'Move this week’s savings to another account', description: 'The same day each week, before anything else is spent.', why: 'What leaves first is not missed.', minutes: 10, energy: 2, repeat: 'every Friday', at: 'at 18:00', small: 'Open a savings account or name one you have',
    goal: { title: 'Save {subject}', vision: 'To have room when something comes.', metric: 'Balance of the savings account: {amount}', amount: '3 months of spending', milestone: 'A quarter of the sum saved', horizon: 'in 6 months', milestoneIn: 'in 8 weeks' }, media: ['cfpb-saving'],
  },
  {
    id: 'finance.fund', area: 'finance', aim: true, pattern: /\b(?:emergency|rainy[- ]day) fund\b/i,
    title: 'Move this week’s savings to another account', description: 'The same day each week, before anything else is spent.',
    why: 'What leaves first is not missed.', minutes: 10, energy: 2, repeat: 'every Friday', at: 'at 18:00', small: 'Open a savings account or name one you have',
    goal: { title: 'Build an emergency fund', vision: 'To sleep well when something breaks.', metric: 'Balance of the fund: {amount}', amount: '3 months of spending', milestone: 'A quarter of the sum saved', horizon: 'in 12 months', milestoneIn: 'in 8 weeks' }, media: ['cfpb-saving'],
  },
  {
    id: 'finance.debt', area: 'finance', pattern: /\b(?:debts?|loans?|credit cards?|overdraft|owe)\b/i,
    title: 'Look at your debts and pay one step', description: 'List every debt with its rate. Pay the least on each, and what is left on the dearest.', why: 'The dearest debt first costs least in the end.', minutes: 20, energy: 3, repeat: 'every Friday', at: 'at 18:00', small: 'List every debt with its rate',
    goal: { title: 'Be free of debt', vision: 'To earn for tomorrow and not for yesterday.', metric: 'Total owed: 0, written down once a week', milestone: 'The smallest debt paid', horizon: 'in 12 months', milestoneIn: 'in 8 weeks' }, media: ['cfpb-debt'],
  },
  {
    id: 'finance.invest', area: 'finance', pattern: /\b(?:invest(?:ing|ments?)?|stocks?|shares|pension|retire(?:ment)?|etfs?)\b/i,
    title: 'Read {n} minutes on investing before you invest', description: 'Costs, spread, time. Nothing is bought in this step.', why: 'What you understand you can hold on to when it falls.', minutes: 20, energy: 3, repeat: 'twice a week', at: 'at 19:00', small: 'Write down what you could leave untouched for five years',
    goal: { title: 'Start investing', vision: 'To let time work on what you can spare.', metric: '3 months of spending kept aside, then 1 first monthly amount', milestone: 'One page written: goal, years, costs', horizon: 'in 12 weeks', milestoneIn: 'in 4 weeks' }, media: ['investor-gov'],
  },
  {
    id: 'finance.tax', area: 'finance', pattern: /\b(?:tax(?:es)?|tax return)\b/i,
    title: 'Work on your tax return', description: 'One folder: income, then costs.', why: 'Half an hour at a time keeps it small.', minutes: 60, energy: 4, repeat: '', at: 'at 10:00', small: 'Put all papers in one folder',
  },
  {
    id: 'finance.bills', area: 'finance', pattern: /\b(?:bills?|rent|invoices?|insurance|subscriptions?|pay(?:ment)?|refund|(?:the|my|our) bank)\b/i,
    title: 'Pay what is due', description: 'One sitting, then done.', why: 'One sitting is enough.', minutes: 15, energy: 2, repeat: 'once a month', at: 'at 18:00', small: 'Write down what is due',
  },
  {
    id: 'finance.spending', area: 'finance', pattern: /\b(?:spending|spend (?:less|too much|more)(?! time)|takeout|expenses?|impulse|shopping|overspend\w*)\b/i,
    title: 'Write down today’s spending', description: 'Amount and one word for what. No judgement.', why: 'Seen every day, it changes by itself.', minutes: 5, energy: 1, repeat: 'every day', at: 'at 21:00', small: 'Write down what you spent today', media: ['cfpb-budget'],
  },
  {
    id: 'finance.budget', area: 'finance', trouble: true, pattern: /\b(?:where (?:all )?my money goes|broke|run out of money|living paycheck|budget(?:ing)?|money|financ\w+|savings?|cash|euros?|dollars?|salary)\b/i,
    title: 'Review your money for {n} minutes', description: 'What came in, what went out, what is planned for the coming week.', why: 'A quarter of an hour a week is enough to steer by.', minutes: 15, energy: 2, repeat: 'every Sunday', at: 'at 18:00', small: 'Look at the balance of your account', media: ['cfpb-budget'],
  },
];
