import type { Practice } from './practice.js';

export const HEALTH: readonly Practice[] = [
  {
    id: 'health.back', area: 'health', trouble: true, pattern: /\b(?:back (?:hurts?|aches?|pain)|sore back|sitting all day|stiff(?:ness)?|stretch(?:ing|es)?)\b/i,
    title: '{n}-minute stretch for your back', description: 'Stand up. Reach both arms overhead, bend slowly to each side, roll the shoulders, then lie down with the knees bent for one minute.',
    why: 'Short breaks from sitting do more than one long session.', minutes: 10, energy: 1, repeat: 'every day', at: 'at 16:00', small: 'Stand up and reach overhead for 2 minutes', media: ['nhs-back'],
  },
  {
    id: 'health.weight', area: 'health', aim: true, pattern: /\blos(?:e|ing) (?<subject>(?:(?:\d+|some|a few) )?(?:kg|kilos?|kilograms?|pounds|lbs|weight))\b|\bget (?:slim|lighter)\b/i,
    title: '{n}-minute brisk walk', description: 'Walk fast enough that talking is possible and singing is not. Write down one meal a day beside it.',
    why: 'A daily walk and knowing what you eat change weight slowly, and it lasts.', minutes: 20, energy: 2, repeat: 'every day', at: 'at 18:00', small: 'Walk around the block',
    goal: { title: 'Lose {subject}', vision: 'To move through the day more lightly.', metric: 'Weight once a week: {amount} less than today by the target date, at most 1 kg a week', amount: '3 kg', milestone: 'Four weeks of walking on 5 days out of 7', horizon: 'in 6 months', milestoneIn: 'in 4 weeks' },
    media: ['nhs-walking', 'nhs-eatwell'],
  },
  {
    id: 'health.race', area: 'health', pattern: /\b(?<subject>half[- ]marathon|marathon|10 ?k(?:m)?|5 ?k(?:m)?)\b/i,
    title: '{n}-minute easy run', description: 'Slow enough to talk. Once a week make it ten minutes longer than the week before.',
    why: 'Most of the way is easy running, a little longer each week.', minutes: 30, energy: 4, repeat: '3 times a week', at: 'in the morning', small: 'Put your running shoes by the door and walk for 10 minutes',
    strains: ['knee', 'back', 'heart', 'pregnancy'], gentle: { title: '{n}-minute walk on flat ground', description: 'Walk at an easy pace on flat ground. Stop when it hurts.' },
    goal: { title: 'Run a {subject}', vision: 'To arrive on your own feet.', metric: '1 finished {subject}, after at least 36 runs', milestone: 'Twelve runs done', horizon: 'in 20 weeks', milestoneIn: 'in 4 weeks' }, media: ['nhs-c25k'],
  },
  {
    id: 'health.running', area: 'health', pattern: /\b(?:run(?:ning)?|jog(?:ging)?)\b/i,
    title: '{n}-minute easy run', description: 'Five minutes of walking, then run slowly and walk in turns, then five minutes of walking.',
    why: 'Three easy runs a week leave days to recover.', minutes: 25, energy: 4, repeat: '3 times a week', at: 'in the morning', small: 'Put your running shoes by the door and walk for 10 minutes',
    strains: ['knee', 'back', 'heart', 'pregnancy'], gentle: { title: '{n}-minute walk on flat ground', description: 'Walk at an easy pace on flat ground. Stop when it hurts.' },
    goal: { title: 'Run 5 km without a stop', vision: 'To run because it feels good, and far enough to clear your head.', metric: 'Run 5 km without walking, once', milestone: 'Run for 10 minutes without a stop', horizon: 'in 9 weeks', milestoneIn: 'in 4 weeks' },
    media: ['nhs-c25k'],
  },
  {
    id: 'health.strength', area: 'health', pattern: /\b(?:strength|muscles?|weights|lift(?:ing)?|gym|push-?ups?|pull-?ups?|plank)\b/i,
    title: '{n}-minute strength session', description: 'Two rounds of push-ups against a wall or the floor, squats to a chair, and a plank, with a minute between them.',
    why: 'Two or three sessions a week with a day between them are enough to grow stronger.', minutes: 25, energy: 4, repeat: '3 times a week', at: 'in the evening', small: 'Five wall push-ups and five squats to a chair',
    strains: ['knee', 'back', 'shoulder', 'heart', 'pregnancy'], gentle: { title: '{n}-minute gentle strength', description: 'Seated leg raises, wall push-ups as far as they are painless, and slow heel raises. No squats, nothing heavy.' }, media: ['nhs-strength'],
  },
  {
    id: 'health.yoga', area: 'health', pattern: /\b(?:yoga|pilates|flexib(?:le|ility)|tai chi)\b/i,
    title: '{n}-minute yoga', description: 'A slow sequence on the floor, ending with three minutes of lying still.',
    why: 'Slow movement with steady breath is easy to keep up.', minutes: 20, energy: 2, repeat: '3 times a week', at: 'in the evening', small: 'Three slow stretches on the floor', media: ['nhs-fitness-videos'],
  },
  {
    id: 'health.swim', area: 'health', pattern: /\b(?:swim(?:ming)?|pool)\b/i,
    title: '{n}-minute swim', description: 'Easy lengths with a rest at each end.', why: 'Water carries the joints.', minutes: 40, energy: 3, repeat: 'once a week', at: 'at 18:00', small: 'Pack your swimming bag', media: ['nhs-fitness-videos'],
  },
  {
    id: 'health.bike', area: 'health', pattern: /\b(?:cycl(?:e|ing)|bik(?:e|ing))\b/i,
    title: '{n}-minute ride', description: 'A round on quiet roads at an easy gear.', why: 'A fixed round saves deciding.', minutes: 30, energy: 3, repeat: 'twice a week', at: 'at 18:00', small: 'Check tyres and lights', strains: ['heart'], gentle: { title: '{n}-minute easy ride', description: 'Flat roads, the lowest gear, and stop when you want to.' },
  },
  {
    id: 'health.walk', area: 'health', pattern: /\b(?:walks?|walking|steps|stairs|hike|hiking|blood pressure|cholesterol)\b/i,
    title: '{n}-minute walk', description: 'Out of the door, ten minutes one way, and back.', why: 'A walk needs no kit and no plan.', minutes: 20, energy: 2, repeat: 'every day', at: 'after lunch', small: 'Walk around the block', media: ['nhs-walking'],
  },
  {
    id: 'health.workout', area: 'health', general: true, pattern: /\b(?:exercis(?:es?|ing)|work(?:ing)? ?outs?|train(?:ing)?|fit(?:ter|ness)?|health(?:y|ier) life(?:style)?|(?:get|be|feel) health(?:y|ier)|in shape|sports?|active|move more|get moving)\b/i,
    title: '{Part} {n}-min workout', description: 'Three minutes of marching on the spot, then two rounds of squats to a chair, wall push-ups, jumping jacks and a plank, 30 seconds each with 30 seconds of rest.',
    why: 'Short and daily is easier to keep than long and rare.', minutes: 15, energy: 3, repeat: 'every day', at: 'in the morning', small: 'March on the spot for 3 minutes and lay out your workout clothes',
    strains: ['knee', 'back', 'shoulder', 'heart', 'breath', 'pregnancy'],
    gentle: { title: '{Part} {n}-min low-impact workout', description: 'Seated leg raises, wall push-ups as far as they are painless, arm circles, slow heel raises and breathing, 40 seconds each with 20 seconds of rest. Everything stays low and slow.' },
    goal: { title: 'Exercise regularly', vision: 'To have a body that carries you through the day.', metric: '40 sessions done by the target date', milestone: 'The first 10 sessions done', horizon: 'in 8 weeks', milestoneIn: 'in 2 weeks' },
    media: ['nhs-fitness-videos', 'who-activity'],
  },
  {
    id: 'health.sleep', area: 'health', pattern: /\b(?:sleep(?:ing)?|insomnia|wak(?:e|ing) up at night|awake at night|go(?:ing)? to bed|rest better|tired in the morning)\b/i,
    title: 'Screens off, lights low for {n} minutes', description: 'Screens away, lights low, the room cool. Read on paper or lie still. Same hour every night.',
    why: 'The same quiet half hour every night tells the body what comes next.', minutes: 20, energy: 1, repeat: 'every day', at: 'at 22:00', small: 'Put your phone outside the bedroom', media: ['nhs-sleep'],
  },
  {
    id: 'health.water', area: 'health', pattern: /\b(?:(?:drink|more|enough|glass(?:es)? of|litres? of) (?:more )?water|hydrat(?:e|ed|ion))\b/i,
    title: 'Drink a glass of water', description: 'One glass on waking, one with each meal. Keep a full bottle where you work.', why: 'Tied to meals, it needs no counting.', minutes: 2, energy: 1, repeat: 'every day', at: 'at breakfast', small: 'Fill a bottle and put it on your desk', media: ['nhs-water'],
  },
  {
    id: 'health.food', area: 'health', pattern: /\b(?:eat(?:ing)? (?:better|healthier|healthily|well|more|less)|diet|vegetables|healthy (?:food|meals?|eating)|meal (?:prep|plan)s?|cook(?:ing)? more|sugar|junk food)\b/i,
    title: 'Plan tomorrow’s meals', description: 'Choose what you will eat tomorrow, with a vegetable in two meals, and check that it is in the house.', why: 'A choice made the evening before is easier than one made hungry.', minutes: 10, energy: 2, repeat: 'every day', at: 'at 20:00', small: 'Write down what you eat for dinner tonight', media: ['nhs-eatwell'],
  },
  {
    id: 'health.smoking', area: 'health', pattern: /\b(?:smok(?:e|ing)|cigarettes?|vap(?:e|ing)|nicotine)\b/i,
    title: 'Note your craving-free hours and tomorrow’s plan', description: 'Write down how many cigarettes there were today and what you will do at the hardest moment tomorrow. Ask a doctor or pharmacist about help: it doubles the chance.',
    why: 'A plan for the hardest moment of the day matters more than resolve.', minutes: 5, energy: 2, repeat: 'every day', at: 'at 21:00', small: 'Write down the three moments when you smoke most',
    goal: { title: 'Live without smoking', vision: 'To breathe freely and decide for yourself.', metric: '28 days in a row without a cigarette', milestone: 'First 7 days without a cigarette', horizon: 'in 8 weeks', milestoneIn: 'in 3 weeks' }, media: ['nhs-smoking'],
  },
  {
    id: 'health.alcohol', area: 'health', pattern: /\b(?:alcohol|drink(?:ing)? less|wine|beer)\b/i,
    title: 'Choose tonight’s drink without alcohol', description: 'Decide before the evening starts, and have something else you like ready.', why: 'Decided early, it takes less will.', minutes: 5, energy: 2, repeat: '4 times a week', at: 'at 17:30', small: 'Buy one drink you like that has no alcohol', media: ['nhs-alcohol'],
  },
  {
    id: 'health.rest', area: 'health', trouble: true, pattern: /\b(?:exhausted|burn(?:ed|t) ?out|worn out|no energy|so tired|fatigued?)\b/i,
    title: 'Rest for {n} minutes, no screen', description: 'Lie down or sit with closed eyes. Nothing to achieve. If the tiredness stays for weeks, see a doctor.', why: 'Rest counts as a step.', minutes: 10, energy: 1, repeat: 'every day', at: 'at 13:30', small: 'Lie down for 5 minutes', media: ['nhs-tired'],
  },
  {
    id: 'health.medicine', area: 'health', pattern: /\b(?:medicines?|medication|pills?|vitamins?|supplements?|tablets?)\b/i,
    title: 'Take your medicine', description: 'Beside something you do anyway, such as brushing your teeth.', why: 'Tied to another habit it is not forgotten.', minutes: 2, energy: 1, repeat: 'every day', at: 'at breakfast', small: 'Put it where you brush your teeth',
  },
  {
    id: 'health.doctor', area: 'health', pattern: /\b(?:doctor|dentist|check-?up|(?:a|my) physical|appointment|prescription|vaccin\w+|physio\w*|optician|blood test)\b/i,
    title: 'Book your check-up', description: 'One call or one form.', why: 'It is one call.', minutes: 10, energy: 2, repeat: '', at: 'at 10:00', small: 'Find the number',
  },
];
