import { EffectLedger, type EffectKey, type Found, type Hold, type Receipt, type Reservation } from './effect-ledger.js';

interface Entry {
  readonly key: EffectKey;
  state: 'reserved' | 'unknown' | 'sent';
  fence: number;
  /** Undefined: free. */
  leaseUntil: number | undefined;
  receipt: Receipt | undefined;
}

/** For specs: remembers for as long as it lives. `now` in milliseconds. */
export class InMemoryEffectLedger extends EffectLedger {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly now: () => number = Date.now) {
    super();
  }

  async reserve({ kind, key, leaseMs }: Reservation): Promise<Found> {
    const entry = this.entries.get(nameOf({ kind, key })) ?? this.made({ kind, key });
    if (entry.state === 'sent') return { state: 'sent', receipt: entry.receipt ?? {} };
    if (entry.leaseUntil !== undefined && entry.leaseUntil > this.now()) return { state: entry.state === 'unknown' ? 'settling' : 'held' };
    entry.state = entry.leaseUntil === undefined ? 'reserved' : 'unknown';
    Object.assign(entry, { fence: entry.fence + 1, leaseUntil: this.now() + leaseMs });
    return { state: entry.state === 'reserved' ? 'free' : 'unknown', hold: { kind, key, fence: entry.fence } };
  }

  async sent(effect: EffectKey, receipt: Receipt): Promise<void> {
    const entry = this.entries.get(nameOf(effect)) ?? this.made(effect);
    if (entry.state !== 'sent') Object.assign(entry, { state: 'sent', receipt });
  }

  async free(hold: Hold): Promise<void> {
    const entry = this.held(hold);
    if (entry !== undefined) Object.assign(entry, { state: 'reserved', leaseUntil: undefined });
  }

  async unknown(hold: Hold, settlingMs: number): Promise<void> {
    const entry = this.held(hold);
    if (entry !== undefined) Object.assign(entry, { state: 'unknown', leaseUntil: this.now() + settlingMs });
  }

  async renew(hold: Hold, leaseMs: number): Promise<boolean> {
    const entry = this.held(hold);
    if (entry !== undefined) Object.assign(entry, { state: 'reserved', leaseUntil: this.now() + leaseMs });
    return entry !== undefined;
  }

  async open(kind: string, most: number): Promise<readonly string[]> {
    const open = [...this.entries.values()].filter((entry) => entry.key.kind === kind && entry.state !== 'sent' && (entry.leaseUntil ?? Infinity) <= this.now());
    return open.slice(0, most).map(({ key }) => key.key);
  }

  private held(hold: Hold): Entry | undefined {
    const entry = this.entries.get(nameOf(hold));
    return entry?.fence === hold.fence && entry.state !== 'sent' ? entry : undefined;
  }

  private made(key: EffectKey): Entry {
    const entry: Entry = { key, state: 'reserved', fence: 0, leaseUntil: undefined, receipt: undefined };
    this.entries.set(nameOf(key), entry);
    return entry;
  }
}

function nameOf({ kind, key }: EffectKey): string {
  return JSON.stringify([kind, key]);
}
