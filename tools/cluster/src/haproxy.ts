import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where requests for one service come in, and the processes that they may go to. */
export interface Entrance {
  readonly name: string;
  readonly port: number;
  readonly upstreams: readonly number[];
}

/** How often an upstream is asked whether it is ready. One no: it gets no more. Six times no word: the same, half a second apart from the first on. */
const ASK_MS = 2_000;
export const SILENT_TIMES = 6;
/** How long an upstream that goes has to say so, until that was seen. */
export const NOTICE_MS = 5_000;
/** A process that has just begun runs code that is not compiled yet: its share of the requests grows. */
const SLOW_START_S = 10;
const UP_MS = 10_000;

/**
 * HAProxy before every service, in one process: a request goes to the ready upstream with the fewest under way, on a connection that is
 * used again. One that found a closed door goes to another; so does one that an idle connection swallowed, if it may be repeated. While none
 * is ready, all get requests: a machine that is busy is late, and late is better than no.
 */
export class Haproxy {
  private readonly folder: string;
  private readonly child: ChildProcess;

  private constructor(entrances: readonly Entrance[]) {
    this.folder = mkdtempSync(join(tmpdir(), 'selfos-haproxy-'));
    const file = join(this.folder, 'haproxy.cfg');
    writeFileSync(file, configuration(entrances));
    this.child = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /** @throws Error with what it said when it does not listen in time */
  static async start(entrances: readonly Entrance[]): Promise<Haproxy> {
    const proxy = new Haproxy(entrances);
    const said: string[] = [];
    proxy.child.stderr?.on('data', (bytes: Buffer) => void said.push(bytes.toString()));
    proxy.child.once('error', (error) => void said.push(error.message));
    const until = Date.now() + UP_MS;
    for (const { port } of entrances) {
      while (!(await listens(port))) {
        if (Date.now() < until && proxy.child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
        else {
          await proxy.close();
          throw new Error(`haproxy does not listen: ${said.join('')}`);
        }
      }
    }
    return proxy;
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function configuration(entrances: readonly Entrance[]): string {
  const defaults = `
global
  nbthread 1
defaults
  mode http
  balance leastconn
  timeout connect 3s
  timeout client 180s
  timeout server 180s
  timeout http-keep-alive 60s
  timeout check 2s
  http-reuse always
  retries 2
  option redispatch 1
  retry-on conn-failure empty-response
  option httpchk GET /ready
  http-check expect status 200 error-status L7OKC
  option allbackups
  default-server inter ${ASK_MS} downinter ${ASK_MS} fastinter 500 fall ${SILENT_TIMES} rise 1 slowstart ${SLOW_START_S}s pool-purge-delay 2s`;
  const each = entrances.map(({ name, port, upstreams }) => `
frontend ${name}-in
  bind 127.0.0.1:${port}
  default_backend ${name}
backend ${name}
  http-request disable-l7-retry if !{ method GET } !{ req.hdr(idempotency-key) -m found }
${upstreams.map((upstream) => `  server at${upstream} 127.0.0.1:${upstream} check\n  server anyhow${upstream} 127.0.0.1:${upstream} backup`).join('\n')}`);
  return `${[defaults, ...each].join('')}\n`;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false)).once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
