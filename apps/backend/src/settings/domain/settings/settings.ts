import type { Inner, routes } from '@selfos/contracts';

/** How a person wants to be answered. Structure, no words: models have to know it. */
export type Settings = Inner<(typeof routes)['getSettings']['response']>;
/** What is absent stays. */
export type SettingsChange = Inner<(typeof routes)['changeSettings']['body']>;

/** What holds for a person who never set anything. */
export const FIRST_SETTINGS: Settings = {
  privacy_mode: 'off', model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null }, ask_before_applying: false, version: 1,
};

/** The settings with `change` applied, as their next version. */
export function changed(settings: Settings, change: SettingsChange): Settings {
  return { ...settings, ...given(change), budget: { ...settings.budget, ...given(change.budget ?? {}) }, version: settings.version + 1 };
}

function given<T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
