const CLOSEST = 3;

/** A model as its maker lists it. */
export interface ListedModel {
  readonly id: string;
  /** The day on which it goes away (2027-02-26), where that is known. */
  readonly until?: string | undefined;
}

/** What is wrong with an id, held against its maker's list; undefined when nothing is. A name that stands for the newest of a kind is listed under its dated ones. */
export function complaintOf(id: string, listed: readonly ListedModel[]): string | undefined {
  const found = listed.find((model) => [id, `${id}:latest`].includes(model.id)) ?? listed.find((model) => model.id.startsWith(`${id}-`));
  if (found?.until !== undefined) return `its maker takes it away on ${found.until}`;
  if (found !== undefined) return undefined;
  const close = listed.map((model) => model.id).filter((other) => stem(other) === stem(id)).slice(0, CLOSEST);
  return `its maker does not list it${close.length === 0 ? '' : `; it lists ${close.join(', ')}`}`;
}

const stem = (id: string): string => /^[a-z]+/i.exec(id)?.[0].toLowerCase() ?? id;
