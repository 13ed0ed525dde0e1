import { ProfileValueUnknown } from './profile.errors.js';
import { type Change, type Changes, type Choice, type Choices, type Profile, VALUE_NAMES, type ValueName } from './profile.js';

/** What the person has decided after these changes. To lock what is not known yet is refused: ProfileValueUnknown. */
export function choose(before: Choices, changes: Changes, { profile, now }: { readonly profile: Profile; readonly now: Date }): Choices {
  const decided = VALUE_NAMES.flatMap((name): [ValueName, Choice<unknown>][] => {
    const change: Change<unknown> | undefined = changes[name];
    const choice: Choice<unknown> = before[name] ?? {};
    const next = change === undefined ? choice : chosen(choice, change, { standing: profile[name]?.value, now });
    return next.value === undefined && next.since === undefined ? [] : [[name, next]];
  });
  return Object.fromEntries(decided) as Choices;
}

function chosen(choice: Choice<unknown>, { value, locked, reset }: Change<unknown>, { standing, now }: { readonly standing: unknown; readonly now: Date }): Choice<unknown> {
  const base = reset === true ? { since: now.toISOString() } : choice;
  if (value !== undefined) return { ...base, value };
  if (locked === false) return { since: base.since };
  if (locked !== true) return base;
  const kept = reset === true ? undefined : standing;
  if (kept === undefined) throw new ProfileValueUnknown();
  return { ...base, value: kept };
}
