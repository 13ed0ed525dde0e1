import { routes } from '@selfos/contracts';
import { readFrames, type SseFrame } from '@selfos/http';
import { patientPerson, type PatientPerson } from './patient-person.ts';

const PAUSE_MS = 500;
/** What a live answer may be met by that says: again, later. */
const LATER = ['http.idempotency.running', 'http.service.overloaded'];

/** A person who asks one question after the other and reads each answer live; where it says `reconnect`, asks again with the same key. */
export class LiveReader {
  readonly failures: string[] = [];
  answers = 0;
  reconnects = 0;
  private ended = false;

  private constructor(
    private readonly url: string,
    private readonly person: PatientPerson,
    private readonly restMs: number,
  ) {}

  /** `restMs`: from one answer to the next question. */
  static async at(url: string, restMs: number = PAUSE_MS): Promise<LiveReader> {
    return new LiveReader(url, await patientPerson(url), restMs);
  }

  get userId(): string {
    return this.person.userId;
  }

  end(): void {
    this.ended = true;
  }

  /** Resolves after {@link end}, with the last answer read. */
  async read(): Promise<void> {
    for (let asked = 1; !this.ended && this.failures.length === 0; asked += 1) {
      for (let outcome = await this.once(asked); outcome !== 'done'; outcome = await this.once(asked)) {
        if (outcome === 'reconnect') this.reconnects += 1;
        else if (outcome !== 'later') return void this.failures.push(outcome);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      this.answers += 1;
      await new Promise((resolve) => setTimeout(resolve, this.restMs));
    }
  }

  /** How one connection ended: `done`, `reconnect`, `later`, or what went wrong. */
  private async once(asked: number): Promise<string> {
    const headers = { authorization: `Bearer ${this.person.token}`, accept: 'text/event-stream', 'content-type': 'application/json', 'idempotency-key': `${this.person.run}:${asked}` };
    const body = JSON.stringify({ message: 'I want to read more', apply: false });
    try {
      const answer = await fetch(this.url + routes.converse.path, { method: 'POST', headers, body });
      if (answer.status !== 200 && answer.status !== 201) return refusal(answer.status, await answer.text());
      // said a second time, an answer that is complete comes whole
      if (!(answer.headers.get('content-type') ?? '').startsWith('text/event-stream')) return (await answer.json()) === null ? 'nothing' : 'done';
      return await lastWord(readFrames(answer.body as AsyncIterable<Uint8Array>));
    } catch (error) {
      return String(error);
    }
  }
}

function refusal(status: number, text: string): string {
  return LATER.some((code) => text.includes(code)) ? 'later' : `${status} ${text}`;
}

async function lastWord(frames: AsyncIterable<SseFrame>): Promise<string> {
  for await (const { event, data } of frames) {
    if (event === 'done' || event === 'reconnect') return event;
    if (event === 'error') return `error ${JSON.stringify(data)}`;
  }
  return 'the answer broke off';
}
