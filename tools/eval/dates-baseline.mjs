/** What chrono-node finds by itself, at its best setting for plans: the coming day where several are meant. */
export function chronoMoments({ chrono }, { Input: text, Context }) {
  const instant = new Date(`${(Context?.ReferenceDateTime ?? '2016-11-07T00:00:00').slice(0, 19)}Z`);
  const moments = chrono.en.casual.parse(text, { instant, timezone: 0 }, { forwardDate: true }).map(({ index, text: matched, start, end }) => ({
    start: index, end: index + matched.length, ...partsOf(start, true), ...(end === null || end === undefined ? {} : { until: partsOf(end, true) }),
  }));
  return { moments, lengths: [], sets: [] };
}

const pad = (value, digits = 2) => String(value).padStart(digits, '0');

/** A date is given also where chrono only implies it, a time only where it was named. */
function partsOf(parts) {
  const date = `${pad(parts.get('year'), 4)}-${pad(parts.get('month'))}-${pad(parts.get('day'))}`;
  const time = parts.isCertain('hour') ? `${pad(parts.get('hour'))}:${pad(parts.get('minute') ?? 0)}:${pad(parts.get('second') ?? 0)}` : undefined;
  return { date, ...(time === undefined ? {} : { time }) };
}
