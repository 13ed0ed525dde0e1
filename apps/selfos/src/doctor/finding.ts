/** One thing the doctor looked at. `warn` works but could be better, `bad` will not work; both come with the fix. */
export interface Finding {
  readonly what: string;
  readonly state: 'good' | 'warn' | 'bad';
  readonly detail: string;
  readonly fix?: string;
}

export const good = (what: string, detail: string): Finding => ({ what, state: 'good', detail });
export const warn = (what: string, detail: string, fix: string): Finding => ({ what, state: 'warn', detail, fix });
export const bad = (what: string, detail: string, fix: string): Finding => ({ what, state: 'bad', detail, fix });
