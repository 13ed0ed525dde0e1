import { routes } from '@selfos/contracts';
import type { InternalClient } from '@selfos/http';
import { DomainError } from '@selfos/kernel';
import { PrivacyNotice } from '../domain/ports/privacy-notice.js';
import type { Settings } from '../domain/settings/settings.js';

const PATIENCE_MS = 3_000;

/** ai-engine over HTTP. One that is away hears of it by the event about the settings. */
export class HttpPrivacyNotice extends PrivacyNotice {
  constructor(private readonly client: Pick<InternalClient, 'call'>) {
    super();
  }

  override async give({ privacy_mode, model, budget, version }: Settings): Promise<void> {
    try {
      await this.client.call(routes.heedSettings, { body: { privacy_mode, model, budget, version }, idempotent: true, signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
    }
  }
}
