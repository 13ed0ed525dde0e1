import type { Readable } from 'node:stream';

/** An answer that is not JSON: bytes with their own headers, such as a range of a file. */
export class RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable | Uint8Array | string;

  constructor(parts: { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: Readable | Uint8Array | string }) {
    this.status = parts.status ?? 200;
    this.headers = parts.headers ?? {};
    this.body = parts.body;
  }
}
