import type { Practice } from './practice.js';

export const PERSONAL_GROWTH: readonly Practice[] = [
  {
    id: 'growth.language', area: 'personal_growth', pattern: /\b(?<subject>spanish|french|german|italian|portuguese|english|japanese|chinese|mandarin|arabic|russian|korean|dutch|swedish|turkish|greek|hindi|(?:a |another |new )?language)\b/i,
    title: '{n} minutes of {subject}', description: 'Ten new words in sentences, then listen to one minute of speech three times.', why: 'Every day a little beats a long Sunday: words come back before they are gone.', minutes: 15, energy: 2, repeat: 'every day', at: 'in the morning', small: 'Learn to say five things about yourself',
    goal: { title: 'Hold a simple conversation in {subject}', vision: 'To talk with people in their own words.', metric: '60 days of practice and 1 conversation of 10 minutes', milestone: 'Introduce yourself for one minute without notes', horizon: 'in 12 weeks', milestoneIn: 'in 4 weeks' }, media: ['fsi-courses'],
  },
  {
    id: 'growth.speaking', area: 'personal_growth', pattern: /\b(?:public speaking|speak(?:ing)? in (?:public|front)|presentation skills|presenting|confident|confidence|shy)\b/i,
    title: 'Speak out loud for {n} minutes, recorded', description: 'One topic, standing. Listen once and note one thing to keep.', why: 'Ease comes from repetition in a place where nothing happens.', minutes: 10, energy: 3, repeat: '3 times a week', at: 'at 18:00', small: 'Speak to the mirror for one minute',
    goal: { title: 'Speak in front of people with ease', vision: 'To say what you think when it matters.', metric: '20 recordings and 3 talks in front of at least 3 people', milestone: 'First talk of three minutes in front of someone you trust', horizon: 'in 12 weeks', milestoneIn: 'in 5 weeks' },
  },
  {
    id: 'growth.reading', area: 'personal_growth', pattern: /\b(?:read(?:ing)?(?: more)?|books?|pages|novels)\b/i,
    title: 'Read for {n} minutes', description: 'The book lies where you sit. Leave a book that bores you.', why: 'Twenty minutes a day are about fifteen books a year.', minutes: 20, energy: 1, repeat: 'every day', at: 'before bed', small: 'Choose a book and read two pages',
    goal: { title: 'Read {amount} books', vision: 'To have thought with other heads than your own.', metric: '{amount} books finished, each written down', amount: '12', milestone: 'The first two books finished', horizon: 'in 12 months', milestoneIn: 'in 6 weeks' }, media: ['gutenberg', 'librivox'],
  },
  {
    id: 'growth.procrastination', area: 'personal_growth', pattern: /\b(?:procrastinat\w+|put(?:ting)? (?:things|it) off|disciplin\w+|willpower|motivat(?:ed|ion))\b/i,
    title: 'Do {n} minutes of the task you avoid', description: 'Name it the evening before. Stop when the timer rings, or go on.', why: 'Beginning is the hard part; ten minutes are a beginning.', minutes: 10, energy: 3, repeat: 'every weekday', at: 'at 09:00', small: 'Write down the one task you avoid most',
  },
  {
    id: 'growth.journal', area: 'personal_growth', pattern: /\b(?:journal(?:l?ing)?|diary|reflect(?:ion|ing)?|self-aware\w*|happier|happiness|more joy)\b/i,
    title: 'Write in your journal for {n} minutes', description: 'What happened, what it did to you, what you want tomorrow.', why: 'Three questions are enough to begin with.', minutes: 10, energy: 1, repeat: '3 times a week', at: 'at 21:00', small: 'Write three sentences about today', media: ['greater-good'],
  },
  {
    id: 'growth.phone', area: 'personal_growth', pattern: /\b(?:phone|screen ?time|social media|instagram|tiktok|scroll(?:ing)?|doomscroll\w*|internet|youtube|netflix|gaming)\b/i,
    title: 'One hour without your phone', description: 'The phone lies in another room. Something to do with your hands lies ready.', why: 'Distance works better than resolve.', minutes: 60, energy: 2, repeat: 'every day', at: 'at 20:00', small: 'Put your phone in another room for 10 minutes',
  },
  {
    id: 'growth.early', area: 'personal_growth', pattern: /\b(?:wake up|get(?:ting)? up|early riser|morning routine|morning person)\b/i,
    title: 'Get up at the same time', description: 'Light on, feet on the floor, a glass of water.', why: 'The hour of getting up sets the hour of falling asleep.', minutes: 5, energy: 2, repeat: 'every day', at: 'at 06:45', small: 'Put the alarm on the other side of the room', media: ['nhs-sleep'],
  },
  {
    id: 'growth.home', area: 'personal_growth', pattern: /\b(?:declutter(?:ing)?|tid(?:y|ying)|clean(?:ing)?|garage|laundry|wardrobe|closet|kitchen|house|flat|apartment|dishes|trash|rubbish|bins?|plants|move house|organi[sz]ed?|chores)\b/i,
    title: 'Tidy one surface for {n} minutes', description: 'One surface, one bag, a timer.', why: 'One surface is finished in one go.', minutes: 20, energy: 2, repeat: '3 times a week', at: 'at 18:00', small: 'Clear one shelf',
  },
  {
    id: 'growth.habit', area: 'personal_growth', trouble: true, weak: true, pattern: /\b(?:habits?|routine|overwhelmed|lost|stress(?:ed)?|anxious|anxiety|worr(?:y|ied|ying))\b/i,
    title: 'Write down what is on your mind for {n} minutes', description: 'Everything on paper. Then mark the one thing that you can move tomorrow.', why: 'On paper it stops circling.', minutes: 10, energy: 1, repeat: 'every day', at: 'at 20:30', small: 'Write down three things that are on your mind', media: ['who-stress'],
  },
  {
    id: 'growth.learn', area: 'personal_growth', weak: true, pattern: /\b(?:learn(?:ing)?(?: about)?|study(?:ing)?(?: for)?|understand|course on|course in) (?:the |a |an |my )?(?<subject>[a-z][a-z -]{2,40})/i,
    title: 'Learn for {n} minutes: {subject}', description: 'One unit, then explain it in three sentences of your own.', why: 'What you can explain you have learned.', minutes: 20, energy: 3, repeat: '3 times a week', at: 'at 19:00', small: 'Find one good first lesson and do it',
    goal: { title: 'Learn {subject}', vision: 'To understand it well enough to use it.', metric: '30 sessions and 1 page explaining it in your own words', milestone: 'Ten sessions done', horizon: 'in 12 weeks', milestoneIn: 'in 4 weeks' }, media: ['khan', 'mit-ocw'],
  },
];
