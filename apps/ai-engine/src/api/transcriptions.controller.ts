import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { Sealer } from '@selfos/sealing';
import { Transcribe } from '../domain/use-cases/transcribe.js';
import { ModelDeadline } from './model-deadline.js';

const LONGEST_REASON = 300;

/** Voice messages. The recording is open only between the two calls of the sealer, and kept nowhere. */
@Controller()
export class TranscriptionsController {
  constructor(
    private readonly sealer: Sealer,
    private readonly listening: Transcribe,
    private readonly deadline: ModelDeadline,
  ) {}

  @Route(routes.transcribe)
  async transcribe(@Input() { userId, body, signal }: InputOf<typeof routes.transcribe>): Promise<AnswerOf<typeof routes.transcribe>> {
    const recordingId = body.recording_id ?? body.recording.oid;
    const { recording, format, language } = await this.sealer.open(routes.transcribe.body, userId, { ...body, recording_id: recordingId });
    const { text, seconds, engine, fallback } = await this.listening.execute(userId, { bytes: Buffer.from(recording, 'base64'), format, language }, this.deadline.from(signal));
    return this.sealer.seal(routes.transcribe.response, userId, {
      recording_id: recordingId, heard: text, silent: text === '', seconds: seconds === undefined ? null : Math.round(seconds * 10) / 10, engine: engine ?? null, fallback: fallback?.slice(0, LONGEST_REASON) ?? null,
    });
  }
}
