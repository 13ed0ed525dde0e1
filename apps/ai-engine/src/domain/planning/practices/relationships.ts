import type { Practice } from './practice.js';

export const RELATIONSHIPS: readonly Practice[] = [
  {
    id: 'relationships.lonely', area: 'relationships', trouble: true, pattern: /\b(?:lonely|alone|isolated|miss (?:my |having )?(?:old |close |best )?(?:friends|family|people|company)|no friends)\b/i,
    title: 'Send one person a short message', description: 'Three sentences: how you are, something you remember of them, a question.', why: 'One message is a door; it need not be more.', minutes: 10, energy: 1, repeat: 'every other day', at: 'at 18:00', small: 'Send one person a short message', media: ['nhs-loneliness'],
  },
  {
    id: 'relationships.friends', area: 'relationships', pattern: /\b(?:new friends|make friends|meet (?:new )?people|social life|more social)\b/i,
    title: 'Go where the same people meet every week', description: 'A course, a choir, a club, a volunteer group. Stay {n} minutes and learn one name.', why: 'Friendship grows from seeing the same people again.', minutes: 60, energy: 3, repeat: 'once a week', at: 'at 19:00', small: 'Find one group near you that meets weekly',
    goal: { title: 'Make new friends', vision: 'To have people you can ring without a reason.', metric: '8 meetings of one group and 2 people met outside it', milestone: 'Three meetings of the same group', horizon: 'in 12 weeks', milestoneIn: 'in 4 weeks' }, media: ['greater-good'],
  },
  {
    id: 'relationships.conflict', area: 'relationships', pattern: /\b(?:argument|argue|fight(?:ing)? with|apologi[sz]e|forgive|conflict|better listener|listen (?:better|more)|argu(?:es|ed|ing))\b/i,
    title: 'Write what you want to say, then what they may feel', description: 'Half a page each. Then choose one sentence to say.', why: 'Written first, it is said more calmly.', minutes: 15, energy: 3, repeat: '', at: 'at 18:00', small: 'Write one sentence you would like to hear', media: ['greater-good'],
  },
  {
    id: 'relationships.kids', area: 'relationships', pattern: /\b(?<subject>kids?|children|son|daughter|boys|girls|(?:a )?(?:better|good|more present) (?:father|mother|parent|dad|mum|mom))\b/i,
    title: '{n} minutes with your kids, they choose', description: 'No phone in the room. They choose the game, you follow.', why: 'A fixed time that they can count on weighs more than a long one now and then.', minutes: 30, energy: 2, repeat: 'every day', at: 'at 17:30', small: 'Ask them what they want to do with you tomorrow',
  },
  {
    id: 'relationships.partner', area: 'relationships', pattern: /\b(?:date night|wife|husband|partner|girlfriend|boyfriend|marriage|spouse)\b/i,
    title: 'An evening for the two of you', description: 'Phones away. One question each that is not about the household.', why: 'A date in the calendar is the one that happens.', minutes: 120, energy: 2, repeat: 'once a week', at: 'at 19:30', small: 'Ask your partner which evening suits', media: ['greater-good'],
  },
  {
    id: 'relationships.family', area: 'relationships', pattern: /\b(?:mother|mum|mom|father|dad|parents?|grand(?:ma|pa|mother|father|parents)|sister|brother|family|aunt|uncle|cousin)\b/i,
    title: 'Call your family', description: 'Ask one thing and listen to the end.', why: 'A fixed day makes the call happen.', minutes: 20, energy: 2, repeat: 'every Sunday', at: 'at 17:00', small: 'Send a photo with one line',
  },
  {
    id: 'relationships.keep', area: 'relationships', pattern: /\b(?:friends?|touch with|old friend|colleagues?|neighbou?rs?|reconnect|relationships?)\b/i,
    title: 'Write or ring one friend', description: 'Whoever you thought of last.', why: 'Little and often keeps people near.', minutes: 15, energy: 2, repeat: 'once a week', at: 'at 18:30', small: 'Send one message',
  },
  {
    id: 'relationships.gift', area: 'relationships', pattern: /\b(?:birthday|present|gift|anniversary|wedding|thank[- ]you|invitation|party)\b/i,
    title: 'Choose a present', description: 'Something they said they liked.', why: 'Early is calm.', minutes: 30, energy: 2, repeat: '', at: 'at 17:00', small: 'Write down three things they like',
  },
];
