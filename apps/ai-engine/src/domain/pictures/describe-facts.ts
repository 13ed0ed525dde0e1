import type { PictureFacts } from './picture.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What can be said of a picture without seeing it: its shape, its colours, and what the camera wrote down. Never what is in it. */
export function describeFacts({ width, height, colours, takenLocal, latitude, longitude }: PictureFacts): string {
  const shape = width === height ? 'A square picture' : width > height ? 'A wide picture' : 'A tall picture';
  const mostly = colours.length === 0 ? '' : `, mostly ${listed(colours.slice(0, 3))}`;
  const day = takenLocal === undefined ? undefined : dayOf(takenLocal);
  const taken = day === undefined ? '' : ` Taken on ${day}.`;
  const place = latitude === undefined || longitude === undefined ? '' : ` Taken near ${degrees(latitude, 'N', 'S')}, ${degrees(longitude, 'E', 'W')}.`;
  return `${shape} of ${width} by ${height} pixels${mostly}.${taken}${place} What it shows was not looked at.`;
}

const listed = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`);

const degrees = (value: number, above: string, below: string): string => `${Math.abs(value).toFixed(1)}° ${value < 0 ? below : above}`;

function dayOf(local: string): string | undefined {
  const [, year, month = '', day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(local) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? undefined : `${Number(day)} ${name} ${year} at ${hour}:${minute}`;
}
