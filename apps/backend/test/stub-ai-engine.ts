import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { EngineAnswer, Question } from '../src/conversations/domain/conversation/conversation.js';
import type { PlanChange } from '../src/plans/index.js';
import { anAnswer } from './builders.js';

/** Stands in for ai-engine: answers every question with the changes it was told to propose. */
export class StubAiEngine {
  readonly questions: Question[] = [];
  /** The wishes for privacy that it was told of. */
  readonly heeded: unknown[] = [];
  propose: (question: Question) => readonly PlanChange[] = () => [];
  /** What else the answer says. */
  more: Partial<EngineAnswer> = {};
  /** What to do instead of answering. */
  failure: 'none' | 'refuse' | 'hang' | 'cut' = 'none';
  /** Keeps answers back until it settles. */
  hold: Promise<void> | undefined;
  private readonly server: Server = createServer((request, response) => {
    if (request.url === '/health') {
      response.writeHead(200).end();
      return;
    }
    void (async () => {
      const body = await json(request);
      await this.hold;
      this.receive(request.url ?? '', body, { response, stream: request.headers.accept === 'text/event-stream' });
    })();
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private receive(path: string, body: unknown, to: { response: ServerResponse; stream: boolean }): void {
    if (path !== '/internal/settings') {
      this.respond(body as Question, to);
      return;
    }
    this.heeded.push(body);
    to.response.writeHead(204).end();
  }

  private respond(question: Question, { response, stream }: { response: ServerResponse; stream: boolean }): void {
    this.questions.push(question);
    if (this.failure === 'hang') return;
    if (this.failure === 'refuse') {
      response.writeHead(503, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ type: 'about:blank', title: 'No', status: 503, code: 'ai.model.unavailable' }));
      return;
    }
    const answer: EngineAnswer = { ...anAnswer(question, this.propose(question)), ...this.more };
    if (stream) this.stream(answer, response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private stream(answer: EngineAnswer, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const frame = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    frame('key', { turn_id: answer.reply_id, key: answer.ai_response });
    for (const i of [0, 1, 2]) frame('token', { i, c: 'c2VhbGVk' });
    if (this.failure !== 'cut') frame('done', answer);
    response.end();
  }
}
