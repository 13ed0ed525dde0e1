import { Temporal } from 'temporal-polyfill';

interface Feast {
  /** Regular-expression source of its names. */
  readonly names: string;
  readonly in: (year: number) => Temporal.PlainDate;
}

const fixed = (month: number, day: number): Feast['in'] => (year) => Temporal.PlainDate.from({ year, month, day });

/** The nth weekday (Monday is 1) of a month; -1 is the last. */
function nth(order: number, weekday: number, month: number): Feast['in'] {
  return (year) => {
    const first = Temporal.PlainDate.from({ year, month, day: 1 });
    if (order < 0) {
      const last = first.with({ day: first.daysInMonth });
      return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
    }
    return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + (order - 1) * 7 });
  };
}

/** Western Easter, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 1991). */
function easter(year: number): Temporal.PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const leap = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
  const moon = (leap + 19 * golden + 15) % 30;
  const late = moon - Math.floor(moon / 28) * (1 - Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11));
  const weekday = (year + Math.floor(year / 4) + late + 2 - century + Math.floor(century / 4)) % 7;
  const days = late - weekday;
  const month = 3 + Math.floor((days + 40) / 44);
  return Temporal.PlainDate.from({ year, month, day: days + 28 - 31 * Math.floor(month / 4) });
}

const around = (days: number): Feast['in'] => (year) => easter(year).add({ days });

const FEASTS: readonly Feast[] = [
  { names: "(?:christmas|xmas) eve", in: fixed(12, 24) },
  { names: "boxing day", in: fixed(12, 26) },
  { names: "(?:christmas|xmas)(?: day)?", in: fixed(12, 25) },
  { names: "new year'?s? eve", in: fixed(12, 31) },
  { names: "new year'?s?(?: day)?", in: fixed(1, 1) },
  { names: "(?:saint |st\\.? )?valentine'?s?(?: day)?", in: fixed(2, 14) },
  { names: "(?:saint|st\\.?) patrick'?s?(?: day)?", in: fixed(3, 17) },
  { names: "april fools?'?(?: day)?", in: fixed(4, 1) },
  { names: 'earth day', in: fixed(4, 22) },
  { names: "(?:international )?(?:worker|labour)s?'? day|may day", in: fixed(5, 1) },
  { names: "(?:international )?women'?s'? day", in: fixed(3, 8) },
  { names: "(?:international )?children'?s'? day", in: fixed(6, 1) },
  { names: 'juneteenth', in: fixed(6, 19) },
  { names: '(?:us |american )?independence day', in: fixed(7, 4) },
  { names: 'halloween(?: day)?', in: fixed(10, 31) },
  { names: "all saints'? day", in: fixed(11, 1) },
  { names: "veterans?'? day", in: fixed(11, 11) },
  { names: 'groundhog day', in: fixed(2, 2) },
  { names: "guy fawkes(?: day| night)?", in: fixed(11, 5) },
  { names: 'easter monday', in: around(1) },
  { names: 'good friday', in: around(-2) },
  { names: 'palm sunday', in: around(-7) },
  { names: 'ash wednesday', in: around(-46) },
  { names: '(?:easter(?: sunday| day)?)', in: around(0) },
  { names: 'pentecost', in: around(49) },
  { names: "(?:martin luther king|mlk)(?:,? jr\\.?)?'?s?(?: day)?", in: nth(3, 1, 1) },
  { names: "(?:presidents?'?|washington'?s) (?:day|birthday)", in: nth(3, 1, 2) },
  { names: "mother'?s?'? day", in: nth(2, 7, 5) },
  { names: "memorial day", in: nth(-1, 1, 5) },
  { names: "father'?s?'? day", in: nth(3, 7, 6) },
  { names: 'labor day', in: nth(1, 1, 9) },
  { names: 'columbus day', in: nth(2, 1, 10) },
  { names: 'thanksgiving(?: day)?', in: nth(4, 4, 11) },
  { names: 'black friday', in: (year) => nth(4, 4, 11)(year).add({ days: 1 }) },
  { names: 'cyber monday', in: (year) => nth(4, 4, 11)(year).add({ days: 4 }) },
];

/** Regular-expression source of every feast that is known. */
export const FEAST = FEASTS.map(({ names }) => names).join('|');

/** The day of a feast in a year; undefined when the name is none. */
export function feastIn(name: string, year: number): Temporal.PlainDate | undefined {
  return FEASTS.find(({ names }) => new RegExp(`^(?:${names})$`, 'i').test(name.trim()))?.in(year);
}
