import type { Practice } from './practice.js';

export const SPIRITUALITY: readonly Practice[] = [
  {
    id: 'spirituality.meditate', area: 'spirituality', pattern: /\b(?:meditat(?:e|ing|ion)|mindful(?:ness)?|be present|inner peace|at peace|calm(?:er|ness)?|stillness|peaceful|silence)\b/i,
    title: 'Meditate for {n} minutes', description: 'Sit upright, count ten breaths, begin again. Wandering off is part of it.', why: 'Ten breaths a day can be kept on any day.', minutes: 10, energy: 1, repeat: 'every day', at: 'in the morning', small: 'Sit still for ten breaths', media: ['nhs-mindfulness'],
  },
  {
    id: 'spirituality.breath', area: 'spirituality', pattern: /\b(?:breath(?:e|ing|work)?)\b/i,
    title: 'Breathe slowly for {n} minutes', description: 'In for four, out for six, through the nose.', why: 'A longer breath out calms the body.', minutes: 5, energy: 1, repeat: 'every day', at: 'in the morning', small: 'Ten slow breaths', media: ['nhs-breathing'],
  },
  {
    id: 'spirituality.prayer', area: 'spirituality', pattern: /\b(?:pray(?:er|ing|ers)?|rosary|god|faith|spiritual(?:ity|ly)?)\b/i,
    title: 'Pray for {n} minutes', description: 'In your own words or in old ones.', why: 'A fixed hour makes room for it.', minutes: 10, energy: 1, repeat: 'every day', at: 'at 21:30', small: 'Sit down and say one sentence',
  },
  {
    id: 'spirituality.scripture', area: 'spirituality', pattern: /\b(?:quran|koran|bible|torah|gita|scriptures?|sutras?|psalms?|philosoph(?:y|er|ers)|stoic(?:s|ism)?)\b/i,
    title: 'Read a page and sit with it for {n} minutes', description: 'One page, slowly. Keep one sentence for the day.', why: 'One sentence goes further than a chapter.', minutes: 15, energy: 1, repeat: 'every day', at: 'after dinner', small: 'Read one verse',
  },
  {
    id: 'spirituality.community', area: 'spirituality', pattern: /\b(?:church|mosque|temple|synagogue|mass|service|congregation|sangha|retreat|pilgrimage)\b/i,
    title: 'Go to your community', description: 'Arrive ten minutes early.', why: 'Arriving early leaves room to settle.', minutes: 75, energy: 2, repeat: 'every Sunday', at: 'at 10:00', small: 'Look up the next time they meet',
  },
  {
    id: 'spirituality.gratitude', area: 'spirituality', pattern: /\b(?:gratitude|grateful|thankful)\b/i,
    title: 'Write down three things you are grateful for', description: 'Small ones count. Say why.', why: 'Looking for three teaches where to look.', minutes: 5, energy: 1, repeat: 'every day', at: 'at 21:00', small: 'Write down one thing you are grateful for', media: ['greater-good'],
  },
  {
    id: 'spirituality.nature', area: 'spirituality', pattern: /\b(?:nature|forest|woods|outdoors|mountains?|sea|stars)\b/i,
    title: '{n} minutes in nature, without headphones', description: 'Somewhere with trees or water. Stand still once and listen.', why: 'Quiet outside is quiet inside, soon.', minutes: 45, energy: 2, repeat: 'every Saturday', at: 'at 10:00', small: 'Step outside and look up for 2 minutes', media: ['nps'],
  },
  {
    id: 'spirituality.meaning', area: 'spirituality', trouble: true, pattern: /\b(?:empty inside|(?:feel|feeling) (?:empty|hollow)|meaning|purpose|values|soul|what matters|existential|larger than)\b/i,
    title: 'Write on one question: what mattered today?', description: '{n} minutes, by hand. Read the week’s pages on Sunday.', why: 'Meaning shows in what you return to.', minutes: 10, energy: 2, repeat: 'every day', at: 'at 20:30', small: 'Write one sentence: what mattered today?', media: ['greater-good'],
  },
  {
    id: 'spirituality.give', area: 'spirituality', pattern: /\b(?:volunteer(?:ing)?|charity|kind(?:ness)?|give back|help others|donat\w+|compassion\w*)\b/i,
    title: 'Do one thing for somebody else', description: 'Small and concrete. It need not be seen.', why: 'Concrete help is the one that arrives.', minutes: 20, energy: 2, repeat: 'once a week', at: 'at 11:00', small: 'Think of one person and one thing', media: ['greater-good'],
  },
];
