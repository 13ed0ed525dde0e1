const CLOSEST = 3;

/** A model as its maker lists it. */
export interface ListedModel {
  readonly id: string;
  /** The day on which it goes away (2027-02-26), where that is known. */
  readonly until?: string | undefined;
}

/** What is wrong with a model as it is configured. */
export interface Complaint {
  readonly fault: 'not-listed' | 'going-away' | 'not-pulled' | 'not-installed' | 'no-model-file';
  /** Ids, a day or a path that help to mend it; no sentence. */
  readonly hint?: string;
}

/** What is wrong with an id, held against its maker's list; undefined when nothing is. A name that stands for the newest of a kind is listed under its dated ones. */
export function complaintOf(id: string, listed: readonly ListedModel[]): Complaint | undefined {
  const found = listed.find((model) => [id, `${id}:latest`].includes(model.id)) ?? listed.find((model) => model.id.startsWith(`${id}-`));
  if (found?.until !== undefined) return { fault: 'going-away', hint: found.until };
  if (found !== undefined) return undefined;
  const close = listed.map((model) => model.id).filter((other) => stem(other) === stem(id)).slice(0, CLOSEST);
  return { fault: 'not-listed', ...(close.length === 0 ? {} : { hint: close.join(',') }) };
}

const stem = (id: string): string => /^[a-z]+/i.exec(id)?.[0].toLowerCase() ?? id;
