import type { Practice } from './practice.js';

export const CREATIVITY: readonly Practice[] = [
  {
    id: 'creativity.block', area: 'creativity', trouble: true, pattern: /\b(?:creative block|writer'?s block|no ideas|uninspired|out of ideas)\b/i,
    title: 'Make something bad on purpose for {n} minutes', description: 'A page, a sketch, a tune. Throw it away if you like.', why: 'A block is often the wish to do it well at once.', minutes: 10, energy: 2, repeat: 'every day', at: 'in the morning', small: 'Fill half a page with anything', media: ['met-collection'],
  },
  {
    id: 'creativity.novel', area: 'creativity', pattern: /\b(?:write|writing|finish) (?:a |my |the )?(?:first )?(?<subject>novel|book|memoir|screenplay|short stor(?:y|ies)|play|poems?|poetry)\b/i,
    title: 'Write 300 words of your {subject}', description: 'Do not read what you wrote yesterday. Stop in the middle of a sentence.', why: 'Small pages every day make a draft.', minutes: 30, energy: 3, repeat: 'every day', at: 'in the morning', small: 'Write one paragraph: who wants what?',
    goal: { title: 'Write a {subject}', vision: 'To have told the story that only you can tell.', metric: '60,000 words of a first draft, counted once a week', milestone: 'The first 10,000 words', horizon: 'in 8 months', milestoneIn: 'in 6 weeks' }, media: ['gutenberg'],
  },
  {
    id: 'creativity.instrument', area: 'creativity', pattern: /\b(?<subject>piano|guitar|violin|cello|drums?|flute|ukulele|saxophone|singing|sing|trumpet|bass)\b/i,
    title: '{n} minutes of {subject}', description: 'Five minutes slow scales or chords, then one short passage until it sits.', why: 'Short daily practice builds the hands faster than one long evening.', minutes: 15, energy: 2, repeat: 'every day', at: 'at 18:00', small: 'Play one simple thing for 5 minutes',
    goal: { title: 'Play a first whole piece: {subject}', vision: 'To sit down and play.', metric: 'Play 1 piece from start to end without a stop', milestone: 'Twenty practice days', horizon: 'in 12 weeks', milestoneIn: 'in 4 weeks' }, media: ['nls-music'],
  },
  {
    id: 'creativity.photo', area: 'creativity', pattern: /\b(?:photo(?:s|graphy|graphs?)?|camera)\b/i,
    title: 'Take three photos of one thing', description: 'The same subject: near, far, against the light.', why: 'One subject teaches looking.', minutes: 20, energy: 2, repeat: 'twice a week', at: 'at 17:00', small: 'Take one photo out of your window', media: ['loc-photos'],
  },
  {
    id: 'creativity.draw', area: 'creativity', pattern: /\b(?:draw(?:ing)?|sketch(?:ing|es)?|doodle|paint(?:ing)?|watercolou?rs?|calligraphy)\b/i,
    title: 'Draw one thing in front of you for {n} minutes', description: 'Look twice as long as you draw. No rubber.', why: 'Looking is the skill; the hand follows.', minutes: 20, energy: 2, repeat: '3 times a week', at: 'at 19:00', small: 'Draw your cup', media: ['met-collection'],
  },
  {
    id: 'creativity.write', area: 'creativity', weak: true, pattern: /\b(?:\d+ words|blog|writ(?:e|ing)|stor(?:y|ies)|lyrics|songs?|compose)\b/i,
    title: 'Write for {n} minutes', description: 'Pen down only when the time is over.', why: 'The page fills by sitting in front of it.', minutes: 20, energy: 3, repeat: 'every day', at: 'in the morning', small: 'Write one paragraph', media: ['gutenberg'],
  },
  {
    id: 'creativity.craft', area: 'creativity', pattern: /\b(?:knit(?:ting)?|sew(?:ing)?|pottery|ceramics|woodwork(?:ing)?|craft(?:s|ing)?|crochet|bak(?:e|ing)|garden(?:ing)?|lego|models?)\b/i,
    title: '{n} minutes with your hands', description: 'One piece, one step further. Leave it where you see it.', why: 'A piece in sight is picked up again.', minutes: 30, energy: 2, repeat: 'twice a week', at: 'at 19:00', small: 'Lay out your material', media: ['met-collection'],
  },
  {
    id: 'creativity.more', area: 'creativity', general: true, pattern: /\b(?:creativ(?:e|ity)|art(?:istic)?|imagin\w+|dance|dancing|theat(?:re|er)|film|music|magazine)\b/i,
    title: '{n} minutes to make something', description: 'Words, lines, sound or dough. Nobody has to see it.', why: 'A fixed small time is where ideas learn to come.', minutes: 20, energy: 2, repeat: '3 times a week', at: 'at 19:00', small: 'Choose what you will make first', media: ['met-collection'],
  },
];
