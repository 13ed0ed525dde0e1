/** What the resolver of plans finds in an entry: moments, lengths in seconds, and repetitions. */
export function oursIn(reader, { Input: text, Context }, asTasks) {
  const now = reader.Temporal.PlainDateTime.from((Context?.ReferenceDateTime ?? '2016-11-07T00:00:00').slice(0, 19));
  const sets = setsIn(reader, text, now);
  const moments = reader.findMoments(text, now).map((moment) => (asTasks ? asTask(reader, moment, now) : moment));
  return { moments, lengths: lengthsIn(reader, text), sets };
}

function lengthsIn({ LENGTH, readLength, secondsOf }, text) {
  return [...text.matchAll(new RegExp(`(?<!\\w)(?:${LENGTH})(?!\\w)`, 'gi'))].flatMap((match) => {
    const length = readLength(match[0]);
    return length === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, seconds: secondsOf(length) }];
  });
}

function setsIn({ findRepeat, readRepeat, findMoments }, text, now) {
  const found = findRepeat(text);
  const repeat = found === undefined ? undefined : readRepeat(found.text);
  if (repeat === undefined) return [];
  const beside = findMoments(text, now).find(({ time }) => time !== undefined);
  const part = /morning|afternoon|evening|night/i.exec(`${found.text} ${text.slice(found.end)}`)?.[0].toLowerCase();
  return [{ ...found, rrule: repeat.rrule, time: beside?.time, part }];
}

const PART_BEGINS = { 'early morning': '06:00', morning: '06:00', daytime: '08:00', lunch: '11:00', afternoon: '12:00', dinner: '18:00', evening: '18:00', night: '21:00' };

/** As a task means it: a time of day without a day is the next such time; the same for the end of a range. */
function asTask({ Temporal }, moment, now) {
  if (moment.date !== undefined) return moment;
  const today = now.toPlainDate();
  const time = Temporal.PlainTime.from(moment.time ?? PART_BEGINS[moment.part]);
  const ahead = Temporal.PlainTime.compare(time, now.toPlainTime()) > 0;
  const date = (ahead ? today : today.add({ days: 1 })).toString();
  return { ...moment, date, ...(moment.until === undefined ? {} : { until: { ...moment.until, date: moment.until.date ?? date } }) };
}
