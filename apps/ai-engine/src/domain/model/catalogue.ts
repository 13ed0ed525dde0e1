/** Names by which models were once known, and the ids that took their place. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  'claude-3-opus': 'claude-opus-5-5', 'gpt-4': 'gpt-6-luna', gemini: 'gemini-flash-latest', 'llama-2-70b': 'llama2:70b', 'mistral-7b': 'mistral:7b', 'phi-2': 'phi:2.7b', whisper: 'gpt-transcribe',
};

/** What a question asks of a model: thought, a way with words, or eyes. */
export type Role = 'complex' | 'creative' | 'multimodal';

/** Which maker's model is asked first for what. */
export type Roles = Readonly<Record<Role, string>>;

const ROLE_OF: Readonly<Record<string, Role>> = { plan: 'complex', reword: 'creative', image: 'multimodal' };

/** The id that a name of a model means. */
export function idOf(name: string): string {
  return SUCCESSORS[name.toLowerCase()] ?? name;
}

/** Whether a model (maker/id) is the one that somebody names: whole, by its id, or by the name it once had. */
export function isNamed(model: string, name: string): boolean {
  const wanted = idOf(name).toLowerCase();
  return [model, model.slice(model.indexOf('/') + 1)].some((known) => known.toLowerCase() === wanted);
}

/** The models with those of the maker first that does best what is asked; for the rest the order stays. */
export function inOrderFor<M extends { readonly name: string }>(models: readonly M[], operation: string, roles: Roles): M[] {
  const first = roles[ROLE_OF[operation] ?? 'complex'];
  return toFront(models, ({ name }) => name.startsWith(`${first}/`));
}

export function toFront<T>(all: readonly T[], isFirst: (one: T) => boolean): T[] {
  return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))];
}
