import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidv7 } from '@selfos/kernel';
import { EffectInTransaction, EffectUnderWay, EffectUnknown, OutsideEffects, type EffectLedger } from '../src/index.js';
import { MailProvider, mailThrough, TooManyMails, type Fault } from './mail-provider.js';

/** How long a call waits for a provider that says nothing. */
const SOON_MS = 2_000;

/** A ledger under test, and what lets the leases of all its reservations end. */
export interface LedgerUnderTest {
  ledger(): EffectLedger;
  endLeases(): Promise<void>;
}

/** What outside effects promise over any ledger. */
export function outsideEffectsContract(name: string, under: LedgerUnderTest): void {
  describe(`outside effects over ${name}`, () => {
    const provider = new MailProvider();
    const at = { url: '', key: '' };
    beforeAll(async () => void (at.url = await provider.start()));
    afterAll(() => provider.stop());
    beforeEach(() => void (at.key = uuidv7()));
    afterEach(() => {
      provider.sent.length = 0;
      provider.faults.length = 0;
    });

    const send = (key = at.key, callWithinMs?: number) => {
      const { effect, call } = mailThrough(at.url, callWithinMs);
      return new OutsideEffects(under.ledger()).make(effect, { key, call });
    };
    const reconcile = () => new OutsideEffects(under.ledger()).reconcile(mailThrough(at.url).effect);

    it('are made once for each key, and repeated calls get the first receipt', async () => {
      expect(await send()).toEqual({ receipt: { id: 'mail-1' }, now: true });
      expect(await send()).toEqual({ receipt: { id: 'mail-1' }, now: false });
      expect(await send(uuidv7())).toEqual({ receipt: { id: 'mail-2' }, now: true });
      expect(provider.sent).toHaveLength(2);
    });

    it('are made by one of many who want them at once', async () => {
      const answers = await Promise.allSettled(Array.from({ length: 8 }, () => send()));
      expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
      for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(EffectUnderWay);
      expect(provider.sent).toHaveLength(1);
    });

    it.each<Fault>(['silent after the effect', 'cut after the effect', 'half an answer after the effect'])('are asked for and not repeated when the provider is %s', async (fault) => {
      provider.faults.push(fault);
      await expect(send(at.key, SOON_MS)).rejects.toThrow(EffectUnknown);
      expect(await send()).toEqual({ receipt: { id: 'mail-1' }, now: false });
      expect(provider.sent).toHaveLength(1);
    });

    it('are made by a later call when asking tells that nothing happened', async () => {
      provider.faults.push('fails before the effect');
      await expect(send()).rejects.toThrow(EffectUnknown);
      expect(await send()).toEqual({ receipt: { id: 'mail-1' }, now: true });
      expect(provider.sent).toHaveLength(1);
    });

    it('stay unknown, uncalled, for as long as the provider cannot tell', async () => {
      provider.faults.push('silent after the effect', 'asking fails', 'asking fails');
      for (let tried = 0; tried < 3; tried += 1) await expect(send(at.key, SOON_MS)).rejects.toThrow(EffectUnknown);
      expect(await send()).toEqual({ receipt: { id: 'mail-1' }, now: false });
      expect(provider.sent).toHaveLength(1);
    });

    it('throw what the provider refused with, and are free for another call at once', async () => {
      provider.faults.push('too many calls');
      await expect(send()).rejects.toThrow(TooManyMails);
      expect(await send()).toMatchObject({ now: true });
      expect(provider.sent).toHaveLength(1);
    });

    it('trust no answer that nothing happened before the provider must be done with a lost call', async () => {
      const { effect, call } = mailThrough(at.url);
      const slow = { ...effect, settlesWithinMs: 60_000 };
      const effects = new OutsideEffects(under.ledger());
      provider.faults.push('cut after the effect');
      await expect(effects.make(slow, { key: at.key, call })).rejects.toThrow(EffectUnknown);
      const { calls } = provider;
      await expect(effects.make(slow, { key: at.key, call })).rejects.toThrow(EffectUnknown);
      expect(provider.calls).toBe(calls);
      await under.endLeases();
      expect(await effects.make(slow, { key: at.key, call })).toEqual({ receipt: { id: 'mail-1' }, now: false });
    });

    it('whose holder died are asked for when its lease is over, and not before', async () => {
      const found = await under.ledger().reserve({ kind: 'email', key: at.key, leaseMs: 60_000 });
      expect(found.state).toBe('free');
      await expect(send()).rejects.toThrow(EffectUnderWay);
      await under.endLeases();
      expect(await send()).toEqual({ receipt: { id: 'mail-1' }, now: true });
    });

    it('let no holder whose lease is over undo what the next one knows', async () => {
      const old = await under.ledger().reserve({ kind: 'email', key: at.key, leaseMs: 60_000 });
      if (old.state !== 'free') throw new Error('a new key is free');
      await under.endLeases();
      await send();
      await under.ledger().free(old.hold);
      await under.ledger().unknown(old.hold, 0);
      expect(await under.ledger().renew(old.hold, 1_000)).toBe(false);
      expect(await send()).toMatchObject({ now: false });
    });

    it('that nobody waits for any more come to be known', async () => {
      const [made, absent] = [uuidv7(), uuidv7()];
      provider.faults.push('silent after the effect', 'fails before the effect');
      await expect(send(made, SOON_MS)).rejects.toThrow(EffectUnknown);
      await expect(send(absent)).rejects.toThrow(EffectUnknown);
      const { calls } = provider;
      expect(await reconcile()).toEqual({ made: 1, absent: 1, unclear: 0 });
      expect(await reconcile()).toEqual({ made: 0, absent: 0, unclear: 0 });
      expect(provider.calls).toBe(calls);
      expect([(await send(made)).now, (await send(absent)).now]).toEqual([false, true]);
      expect(provider.sent).toHaveLength(2);
    });

    it('are never made inside a transaction', async () => {
      const { effect, call } = mailThrough(at.url);
      await expect(new OutsideEffects(under.ledger(), () => true).make(effect, { key: at.key, call })).rejects.toBeInstanceOf(EffectInTransaction);
      expect(provider.sent).toEqual([]);
    });
  });
}
