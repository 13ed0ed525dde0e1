import type { Uuid } from '@selfos/kernel';
import { BegunTurns, type BegunTurn } from '../../domain/begun-turn/begun-turn.repository.js';

/** Holds nothing: everything happens one after the other here. */
export class InMemoryBegunTurns extends BegunTurns {
  private readonly turns = new Map<string, BegunTurn & { readonly forgotten: boolean }>();
  private attempts = 0;

  async begin(userId: Uuid, { message_id, reply_id }: { readonly message_id: Uuid; readonly reply_id: Uuid }): Promise<boolean> {
    const known = this.turns.get(`${userId} ${message_id}`);
    if (known?.forgotten === true) return false;
    this.attempts += 1;
    this.turns.set(`${userId} ${message_id}`, { message_id, replies: [...(known?.replies ?? []), reply_id], since: String(this.attempts), forgotten: false });
    return true;
  }

  async hold(userId: Uuid, messageId: Uuid): Promise<boolean> {
    return this.turns.get(`${userId} ${messageId}`)?.forgotten === false;
  }

  async lock(userId: Uuid, messageId: Uuid): Promise<BegunTurn | undefined> {
    return this.turns.get(`${userId} ${messageId}`);
  }

  async forget(userId: Uuid, messageId: Uuid): Promise<void> {
    const known = this.turns.get(`${userId} ${messageId}`);
    if (known !== undefined) this.turns.set(`${userId} ${messageId}`, { ...known, forgotten: true });
  }

  async end(userId: Uuid, { message_id, since }: BegunTurn): Promise<void> {
    if (this.turns.get(`${userId} ${message_id}`)?.since === since) this.turns.delete(`${userId} ${message_id}`);
  }
}
