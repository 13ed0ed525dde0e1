import type { SseFrame } from './server-sent-events.js';

/** Takes a byte stream of server-sent events apart, frame by frame; comments are skipped, `data` is parsed as JSON. */
export async function* readFrames(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SseFrame, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true }).replaceAll('\r\n', '\n');
    for (let end = rest.indexOf('\n\n'); end !== -1; end = rest.indexOf('\n\n')) {
      const frame = parseFrame(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (frame !== undefined) yield frame;
    }
  }
}

function parseFrame(block: string): SseFrame | undefined {
  const fields = block.split('\n').map((line) => /^([a-z]+): ?(.*)$/.exec(line));
  const valueOf = (name: string) => fields.filter((field) => field?.[1] === name).map((field) => field?.[2] ?? '');
  const data = valueOf('data');
  if (data.length === 0) return undefined;
  const id = valueOf('id')[0];
  return { event: valueOf('event')[0] ?? 'message', data: JSON.parse(data.join('\n')) as unknown, ...(id === undefined ? {} : { id }) };
}
