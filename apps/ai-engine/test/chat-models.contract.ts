import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChatModel, type ChatRequest, ModelFault } from '../src/domain/model/chat-model.js';
import type { Usage } from '../src/domain/model/language-model.js';
import { cut, lines, ProviderServer, status, type Wire } from './provider-server.js';

interface Provider {
  readonly name: string;
  readonly wire: Wire;
  readonly make: (url: string) => ChatModel;
  /** What must be seen of a request. */
  readonly sent: { readonly path: RegExp; readonly headers: Readonly<Record<string, string>>; readonly schemaAt: (body: Record<string, unknown>) => unknown };
}

const SCHEMA = { type: 'object', properties: { reply: { type: 'string' } }, required: ['reply'], additionalProperties: false };

async function ask(model: ChatModel, signal = AbortSignal.timeout(20_000)): Promise<{ text: string; usage: Usage | undefined }> {
  const request: ChatRequest = { system: 'Be brief.', user: 'Hello', schema: SCHEMA, maxTokens: 500, operation: 'plan', signal };
  let text = '';
  let usage: Usage | undefined;
  for await (const piece of model.stream(request)) {
    if (piece.kind === 'text') text += piece.text;
    else usage = piece.usage;
  }
  return { text, usage };
}

const faultOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no fault', (error: unknown) => error);

/** What every maker's model must do, over the wire it really speaks. */
export function chatModelContract({ name, wire, make, sent }: Provider): void {
  describe(`the model of ${name}`, () => {
    const server = new ProviderServer();
    let model: ChatModel;
    beforeAll(async () => {
      model = make(await server.start());
    });
    afterAll(() => server.stop());

    it('asks as its interface has it, held to the schema', async () => {
      server.reply = lines(wire, wire.whole('{"reply":"Hello — 你好"}'));
      expect(await ask(model)).toEqual({ text: '{"reply":"Hello — 你好"}', usage: { inputTokens: 11, outputTokens: 7 } });
      const seen = server.seen.at(-1);
      expect(seen?.path).toMatch(sent.path);
      expect(seen?.headers).toMatchObject(sent.headers);
      expect(sent.schemaAt(seen?.body ?? {})).toEqual(SCHEMA);
      expect(JSON.stringify(seen?.body)).toContain('Be brief.');
    });

    it.each([
      ['429 with Retry-After', status(wire, 429, 7), { kind: 'rate-limited', retryAfterMs: 7000 }],
      ['529', status(wire, 529), { kind: 'unavailable' }],
      ['500', status(wire, 500), { kind: 'unavailable' }],
      ['401', status(wire, 401), { kind: 'auth' }],
    ])('takes %s as what it is, and asks once', async (_case, reply, fault) => {
      const asked = server.seen.length;
      server.reply = reply;
      const thrown = await faultOf(ask(model));
      expect(thrown).toBeInstanceOf(ModelFault);
      expect(thrown).toMatchObject(fault);
      expect(server.seen.length).toBe(asked + 1);
    });

    it.each([
      ['a cut stream', cut(wire, '{"reply":"Hello"}')],
      ['a stream that ends early', lines(wire, wire.whole('{"reply":"Hello"}').slice(0, 2))],
      ['a malformed line', lines(wire, [...wire.whole('{"reply":"Hello"}').slice(0, 1), wire.garbage])],
      ['a malformed line among good ones', lines(wire, wire.whole('{"reply":"Hello"}').flatMap((one, index) => (index === 2 ? [wire.garbage, one] : [one])))],
      ['200 with an error body', lines({ ...wire, contentType: 'application/json' }, [wire.errorBody(500)])],
      ['200 with a page of a proxy', lines({ ...wire, contentType: 'text/html' }, ['<html>Log in to the network</html>'])],
      ['200 with nothing', lines(wire, [])],
    ])('never takes %s for a whole answer', async (_case, reply) => {
      server.reply = reply;
      expect(await faultOf(ask(model))).toBeInstanceOf(ModelFault);
    });

    it('stops waiting when it is told to', async () => {
      server.reply = () => undefined;
      const started = performance.now();
      expect(await faultOf(ask(model, AbortSignal.timeout(100)))).toMatchObject({ kind: 'timeout' });
      expect(performance.now() - started).toBeLessThan(20_000);
    });

    it('stops in the middle when it is told to, and says that it was told', async () => {
      const written = wire.whole('{"reply":"Hello"}');
      server.reply = (response) => void response.writeHead(200, { 'content-type': wire.contentType }).write(written.slice(0, 2).join(''));
      expect(await faultOf(ask(model, AbortSignal.timeout(300)))).toMatchObject({ kind: 'timeout' });
    });

    it('calls a line that goes dead in the middle what it is', async () => {
      server.reply = cut(wire, '{"reply":"Hello"}');
      expect(await faultOf(ask(model))).toMatchObject({ kind: 'cut' });
    });

    it('knows whether its maker lists it', async () => {
      const listing = (ids: readonly string[]): void => {
        server.list = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(wire.list(ids));
      };
      listing(['m', 'n']);
      expect(await model.complaint(AbortSignal.timeout(20_000))).toBeUndefined();
      listing(['m2', 'other']);
      expect(await model.complaint(AbortSignal.timeout(20_000))).toMatchObject({ fault: expect.stringMatching(/^not-(?:listed|pulled)$/) });
      server.list = (response) => void response.writeHead(401).end();
      expect(await faultOf(model.complaint(AbortSignal.timeout(20_000)))).not.toBe('no fault');
      server.list = () => undefined;
      expect(await faultOf(model.complaint(AbortSignal.timeout(100)))).not.toBe('no fault');
    });

    it('shows a picture before the words', async () => {
      server.reply = lines(wire, wire.whole('{"reply":"Hello"}'));
      const pictures = [{ mediaType: 'image/jpeg' as const, bytes: Buffer.from('pixels of a picture') }];
      for await (const piece of model.stream({ system: 's', user: 'What is it?', schema: SCHEMA, maxTokens: 5, operation: 'image', signal: AbortSignal.timeout(20_000), pictures })) expect(piece).toBeDefined();
      expect(JSON.stringify(server.seen.at(-1)?.body)).toContain(Buffer.from('pixels of a picture').toString('base64'));
    });

    it('waits for a slow first word', async () => {
      server.reply = async (response) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        await lines(wire, wire.whole('{"reply":"late"}'))(response);
      };
      expect((await ask(model)).text).toBe('{"reply":"late"}');
    });

    if (wire.refusal !== undefined) {
      const refusal = wire.refusal();
      it('says when the model will not', async () => {
        server.reply = lines(wire, refusal);
        expect(await faultOf(ask(model))).toMatchObject({ kind: 'refused' });
      });
    }

    it('says when nobody is there', async () => {
      const nobody = new ProviderServer();
      const url = await nobody.start();
      await nobody.stop();
      expect(await faultOf(ask(make(url)))).toMatchObject({ kind: 'unavailable' });
    });
  });
}
