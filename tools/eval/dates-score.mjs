/**
 * Whether what was found is what an entry says. A result is right when something found at its place has one of its values: the date of a
 * date, the time of a time, both of a date-time. An entry is right when all its results are, and, when it has none, nothing was found.
 */
export function scoreEntry(found, { Results }) {
  const results = Results.map((expected) => {
    const type = (expected.TypeName ?? expected.Type ?? 'none').replace('datetimeV2.', '');
    return { type, right: isRight(found, { ...expected, type }), text: expected.Text };
  });
  const misses = results.filter(({ right }) => !right).map(({ type, text }) => `${type} "${text}"`);
  const invented = Results.length === 0 && found.moments.length + found.sets.length > 0;
  return { results, misses: invented ? ['found something where nothing is meant'] : misses };
}

function isRight(found, expected) {
  const here = (one) => one.start < expected.Start + expected.Text.length && expected.Start < one.end;
  if (expected.type === 'duration') return found.lengths.filter(here).some(({ seconds }) => seconds === lengthOf(expected));
  if (expected.type === 'set') return found.sets.filter(here).some((set) => setFits(set, expected));
  const values = expected.Resolution?.values ?? [];
  const moments = found.moments.filter(here);
  if (values.length === 0) return false;
  if (values.every(({ value }) => value === 'not resolved')) return moments.length === 0;
  return values.some((value) => moments.some((moment) => (/range$/.test(expected.type) ? rangeFits(moment, value) : pointFits(moment, value))));
}

const lengthOf = ({ Resolution, Value }) => Number(Resolution?.values?.[0]?.value ?? Value?.FutureResolution?.duration);

function pointFits({ date, time }, { type, value = '' }) {
  const [day, clock] = type === 'time' ? [undefined, value] : value.split(' ');
  return (day === undefined || day === date) && (clock === undefined || clock === time);
}

/** A bound of a range: the day, and the time when one is named. Where only the part of a day is named, code has its own hours for it. */
function boundFits(moment, wanted, timex) {
  if (wanted === undefined) return moment === undefined;
  if (moment === undefined) return false;
  const named = /T(?:MO|AF|EV|NI|DT|ME)/.test(timex);
  const [first, second] = wanted.split(' ');
  const clock = second ?? (first.includes(':') ? first : undefined);
  return (first.includes(':') || first === moment.date) && (clock === undefined || clock === moment.time || (named && moment.part !== undefined && PARTS[/T([A-Z]+)/.exec(timex)?.[1]]?.includes(moment.part)));
}

const PARTS = { MO: ['morning', 'early morning'], AF: ['afternoon'], EV: ['evening'], NI: ['night'], DT: ['daytime'], MEL: ['lunch'], MED: ['dinner'], MEB: ['breakfast'] };

function rangeFits(moment, { start, end, timex, Mod }) {
  if (/T(?:MO|AF|EV|NI|DT|ME)/.test(timex)) return boundFits(moment, start ?? end, timex);
  if (Mod === 'before' || Mod === 'until') return moment.bound === 'before' && boundFits(moment, end, timex);
  if (Mod === 'after' || Mod === 'since') return moment.bound === 'after' && boundFits(moment, start, timex);
  return boundFits(moment, start, timex) && moment.until !== undefined && boundFits(moment.until, end, timex);
}

/** A set by its pace and its time of day, as one would write them: P2W, XXXX-WXX-1T16, T15, TMO. */
function setFits(set, { Resolution, Value }) {
  const timex = Resolution?.values?.[0]?.timex ?? Value?.Timex ?? '';
  const pace = paceOf(set);
  const clock = clockOf(set);
  const wanted = /^T\w*?P\d/.test(timex) ? [`${clock}${pace}`] : [pace, `${pace}${clock}`, ...(pace === 'P1D' ? [clock] : [])];
  return timex !== '' && (clock === '' || /T|M[OF]/.test(timex) || !/^T\d/.test(clock)) && wanted.includes(timex);
}

const DAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const YEARS = { 6: 'P0.5Y', 12: 'P1Y' };

function paceOf({ rrule, text }) {
  const rule = Object.fromEntries(rrule.split(';').map((pair) => pair.split('=')));
  const step = Number(rule.INTERVAL ?? 1);
  if (rule.FREQ === 'DAILY') return `P${step}D`;
  if (rule.FREQ === 'MONTHLY') return YEARS[step] ?? `P${step}M`;
  if (/week-?ends?/i.test(text)) return `P${step}WE`;
  return rule.BYDAY === undefined ? `P${step}W` : `XXXX-WXX-${DAY_CODES.indexOf(rule.BYDAY) + 1}`;
}

function clockOf({ time, part }) {
  if (time !== undefined) return `T${time.replace(/(?::00)+$/, '')}`;
  return part === undefined ? '' : { morning: 'TMO', afternoon: 'TAF', evening: 'TEV', night: 'TNI' }[part];
}
